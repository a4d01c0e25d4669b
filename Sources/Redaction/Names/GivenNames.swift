// Given names. Where they come from and under which licences: `Provenance.swift`.

/// Given names, by a space apart.
enum GivenNames {
    /// Names that are hardly anything else.
    static let clear: StaticString = """
        Aaaqil Aaban Aabid Aachal Aadam Aadhya Aadi Aadil Aafiya Aahana Aahil Aalam Aalee Aalim Aamil Aamir Aamirah \
        Aanchal Aaqil Aaradhita Aarav Aarif Aarini Aariz Aarna Aarnav Aarohi Aaron Aarti Aarush Aaryan Aashi Aashif \
        Aashir Aasif Aasim Aastha Aatif Aatiq Aaus Aayan Aayush Aazim Abaan Abbie Abby Abdul Abeer Abel Abha Abhay \
        Abhigyan Abhijeet Abhilash Abhilasha Abhilesh Abhimanyu Abhinav Abhinesh Abhiram Abhisar Abhishek Abhishree \
        Abigail Abraham Abril Achille Adalberto Adam Adan Addie Adela Adelaida Adele Adelina Adeline Adell Adhya \
        Adil Aditi Aditya Adityanath Adolf Adolfo Adolph Adrian Adriana Adriane Adrianna Adrianne Adriano Adrien \
        Adrienne Adrián Advaith Advay Advik Advika Adweta Adya Adyashankar Adán Adèle Agastya Agata Agatha Agathe \
        Agnes Agneta Agni Agnieszka Agnès Agustin Agustina Agustín Agáta Ahilya Ahmad Ahmed Aida Aidan Aideen Aiden \
        Aileen Ailis Aimee Aimée Aina Aine Aino Aisha Aishani Aishwaran Aishwarya Aisling Ajay Ajeet Akanksha Akash \
        Ake Akhil Akhilesh Akriti Akshara Akshat Akshay Akshit Alain Alaina Alan Alana Alanna Alba Albert Alberta \
        Alberte Alberto Albin Albina Alda Aldo Alecia Alejandra Alejandro Aleks Aleksandar Aleksander Aleksandr \
        Aleksandra Alen Alena Alene Alessandro Alessia Alessio Aleta Aletha Alex Alexander Alexandra Alexandre \
        Alexej Alexia Alexis Alf Alfons Alfonso Alfred Alfreda Alfredo Ali Alice Alicia Alida Alina Alisa Alisha \
        Alison Alissa Alistair Alix Alka Allan Allen Allene Allie Allison Allyson Alma Alois Alonso Alonzo Alphonse \
        Alphonso Alta Althea Alton Alva Alvaro Alvin Alvina Alyce Alyson Alyssa Alícia Amador Amaira Amalia Amalie \
        Aman Amanda Amar Amara Amarendra Amartya Ambar Ambika Ambrose Ambuj Amelia Amelie Ameya Ami Amie Amin Amina \
        Amira Amish Amit Amitabh Amogh Amol Amos Amparo Amrish Amrit Amrita Amruta Amy Amélia Amélie Ana Anabel \
        Anadi Anais Anamika Anand Ananya Anastasia Anay Anaïs Anders Anderson Andra Andre Andrea Andreas Andree \
        Andrei Andrej Andres Andrew Andria Andrzej André Andrée Andrés Andy Ane Aneta Anett Anette Anezka Anežka \
        Angad Angela Angelia Angelica Angelika Angelina Angeline Angelique Angelita Angelo Angie Angus Angélica Anh \
        Anica Anika Aniket Anil Animesh Aniruddh Anirudh Anish Anisha Anissa Anita Anja Anjali Anjana Anjani Anju \
        Anka Ankit Ankita Ankur Ankush Anmol Ann Anna Annabel Annabelle Annamaria Annamarie Anne Anneli Annelie \
        Annemarie Annetta Annette Anni Annie Annika Annikki Annmarie Anokhi Anoop Anouk Ansh Anshika Anshul \
        Anshuman Antero Anthony Antima Antionette Anto Antoine Antoinette Anton Antonella Antonette Antonia \
        Antonietta Antonija Antonina Antonino Antonio Antonius Antony Anu Anubhav Anubhuti Anugya Anuj Anuja Anupam \
        Anupama Anupriya Anuradha Anurag Anusha Anushka Anushree Anvesha Anveshita Anvi Anya Aoife Aparajita Aparna \
        Apolonia Apoorv Apoorva Apurva Araceli Aradhana Aradhya Arcelia Archana Archie Archita Aretha Arham Ari \
        Ariadna Ariana Ariane Ariel Arijit Arin Arjita Arjun Arleen Arlene Arline Armand Armando Armida Armin Arne \
        Arnold Arnulfo Aron Arpan Arpana Arpit Arpita Arron Arsenio Arthur Artur Arturo Arun Arunima Arunita Arush \
        Arushi Arvind Arya Aryabhatta Aryan Ase Aseem Asha Ashirwad Ashish Ashlee Ashleigh Ashley Ashling Ashok \
        Ashton Ashu Ashutosh Ashwin Ashwini Asta Astrid Asuncion Asunción Atfat Atharv Atharva Atheel Athena Ati \
        Atishay Attaf Attila Atul Atulanand Aubrey Audra Audrey Augusta Auguste Augustin Augustine Augusto Auraq \
        Aurelia Aurelie Aurelio Aurora Aurore Aurélie Ava Avani Avanti Avantika Avdhesh Avery Avi Avichal Avijit \
        Avinash Aviral Avis Avkash Avni Avnish Awadh Awadil Awamil Awamiri Awan Awani Awantika Awj Awlya Awmar \
        Awrad Axel Aya Ayaan Ayamin Aylin Ayoub Aysar Ayush Ayushi Ayushman Ayyubi Azaan Azad Azban Azeeb Baahir \
        Baaizeed Baaqee Baaqir Baaree Baashir Baasim Baasit Babar Baber Babita Babloo Babulal Bachittar Badal \
        Badawi Badr Baghyawati Baha Bahaa Bahadur Bahadurjit Baikunth Bailey Bairbel Bakhshi Baldev Baleegh \
        Balendra Balhaar Baljiwan Balraj Balvan Balveer Balwant Bambad Bambi Banjeet Banshidhar Baqar Baqir Barbara \
        Barbora Barbra Barkha Barr Barraq Barry Bart Basaam Basanti Baseer Basem Bashaar Bashaarat Bashar Basharat \
        Basheer Basheerah Basim Basir Bassam Bastian Batal Batool Bazam Beata Beatrice Beatriz Becky Belen Belinda \
        Bella Belva Benedict Benedikt Bengt Benita Benito Benjamim Benjamin Benjamín Bennie Benny Benoit Benoît \
        Bente Benthe Berend Berezat Berit Bernabe Bernabé Bernadette Bernadine Bernard Bernarda Bernardo Bernhard \
        Bernice Berniece Bernt Bert Berta Bertha Bertie Bertil Bertram Bertrand Bess Bessie Beth Bethan Bethany \
        Betsy Bette Bettie Bettina Betty Bettye Beulah Beverley Beverly Beáta Bhagirath Bhagirathi Bhagvant \
        Bhagvati Bhagwat Bhagwati Bhanumati Bharadwaj Bharat Bhargav Bhaskar Bhavani Bhavika Bhavini Bhavna Bhavya \
        Bhawna Bheem Bheeshma Bhoomi Bhoomika Bhupendra Bhushan Bhuwaneshwar Bianca Bianka Bilaal Bilal Billie \
        Billy Bimal Bimala Bina Bipin Birger Birgit Birgitta Birousk Birte Birthe Bishakha Bizhan Bjarne Bjorn \
        Björn Blahoslav Blaine Blair Blake Blanca Blanche Blanka Blazena Blažena Bobbi Bobbie Bobby Bodil Bogdan \
        Bohumil Bohumila Bohumir Bohumír Bohuslav Boleslav Bonita Boris Boyd Bozena Božena Bradford Bradley Brady \
        Brahmadatta Brahmakumari Brahmi Brajesh Brandi Brandie Brandon Branka Branko Breanna Breda Brenda Brendan \
        Brenna Brent Bret Brett Brian Briana Brianna Brianne Bridget Bridgett Bridgette Brigid Brigita Brigitta \
        Brigitte Brijbhushan Brijesh Brijmohan Brinda Brita Britney Britt Britta Brittany Brittney Brock Bronagh \
        Brooke Bruce Bruna Bruno Bryan Bryant Bryce Bryon Bunty Buraid Burton Byron Bárbara Caitlin Caitlyn \
        Caitriona Caleb Calista Callie Callum Calogero Calvin Cameron Camila Camilla Camille Camilo Candace \
        Candelaria Candi Candice Candida Caoimhe Capucine Cara Caren Carey Cari Caridad Carin Carina Carissa Carl \
        Carla Carlene Carlo Carlos Carlota Carlotta Carlton Carly Carmel Carmela Carmelita Carmella Carmelo Carmen \
        Carola Carole Caroline Carolyn Carrie Carrol Carroll Carsten Carter Cary Caryn Casandra Casey Casper \
        Cassandra Cassidy Cassie Catalina Catarina Caterina Cathal Catharina Catharine Catherine Cathie Cathleen \
        Cathrine Cathryn Cathy Catina Catrina Catriona Cecelia Cecil Cecile Cecilia Cecilie Cecília Cedric Celeste \
        Celestine Celia Celina Celine Cesar Chaaya Chaitaly Chaitanya Chaiti Chakradev Chakradhar Chakrika Chamali \
        Chaman Chameli Champak Chanakya Chanchal Chanda Chandan Chandani Chandika Chandra Chandrabhan Chandrakala \
        Chandrakanti Chandrama Chandramauli Chandran Chandresh Chanel Changaz Chantal Chantel Chantelle Charan \
        Charita Charla Charleen Charlene Charles Charlesh Charlie Charline Charlotta Charlotte Charmaine Charu \
        Charvi Chashida Chasity Chasmum Chatresh Chatura Chavvi Chawish Che Chelsey Cheragh Cheri Cherie Cheryl \
        Chetana Cheyenne Chhaya Chhotelal Chiara Chintamani Chiquita Chirag Chitra Chloe Chloé Chong Chris Christa \
        Christal Christel Christelle Christer Christi Christiana Christiane Christie Christin Christina Christine \
        Christoffer Christoph Christophe Christopher Christy Chrystal Ciara Ciaran Cillian Cindi Cindy Cinthia \
        Cipriano Ciro Clair Claire Clara Clare Clarence Clarice Clarissa Clark Claudette Claudia Claudine Claudio \
        Claus Clayton Clemence Clemens Clemente Clementine Cleo Cleveland Clifford Clifton Clint Clinton Cliodhna \
        Cliona Clive Clodagh Clyde Clémence Cody Colby Cole Coleen Coleman Colette Colin Collette Collin Colm Colum \
        Conal Conall Conan Concepcion Concepción Concetta Conn Connie Connor Conny Conor Conrad Constance \
        Constantin Constanze Consuelo Cora Cordelia Corey Cori Corina Corine Corinna Corinne Cormac Cornelia \
        Cornelio Cornelius Corrie Corrine Cortney Cory Courtney Craig Cristal Cristian Cristiano Cristina Cristy \
        Cruz Ctibor Curtis Cynthia Cyril Cyrus Cécile Cédric Céline César Daamin Daanish Daanyaal Daawood Dabbah \
        Dabir Dag Daghfal Dagmar Dagmara Dagny Daire Daiyaan Dakhil Daksh Daksha Dakshesh Dalaja Dalbir Dalia \
        Dalibor Dalton Damaris Dameer Damian Damien Damini Damir Damon Damurah Damyanti Dan Dana Dane Danelle \
        Danette Dani Danica Daniel Daniela Daniele Daniella Danielle Danijel Danijela Danilo Danish Danita Danna \
        Danny Dante Daphne Dara Darain Darcy Daren Daria Darika Darin Darina Dario Darius Dariusz Darko Darla \
        Darleen Darlene Darnell Darpan Darragh Darrel Darrell Darren Darrin Darryl Darsh Darshan Darwin Daryl Darío \
        Dashrath Dastageer Dave David Davida Davis Davor Dawna Dawud Dayamai Dayashankar Dayita Dayna Dayyaan Deana \
        Deann Deanna Deanne Dearbhail Dearbhla Debashish Debbie Debby Debi Debora Deborah Debra Debrah Declan Dee \
        Deena Deepa Deepak Deepali Deepam Deepika Deepmala Deepshikha Deepti Deidra Deidre Deirdre Dejan Delbert \
        Delfina Delia Delilah Della Delma Delois Delores Deloris Delphine Demetra Demetria Demetrius Demi Dena \
        Denice Denis Denisa Denise Dennis Denny Derek Derick Dermot Dervla Desiree Desmond Dessie Dev Devang \
        Devansh Devasena Devashish Devbrat Devdutt Devendra Devesh Devika Devin Devyani Dewayne Dewey Dewi Dexter \
        Dhananjay Dhara Dharam Dharmendra Dheeraj Dhriti Dhrupad Dhruv Dhwani Dhyanendra Dian Diana Diane Diann \
        Dianna Dianne Diarmuid Didier Diego Digvijay Diksha Dilip Dillon Dimas Dimitri Dina Dinah Dinesh Dinkar \
        Dino Diogo Dion Dionne Dipanshi Dipta Dipu Disha Dishita Divakar Divya Divyansh Divyanshu Diwakar Dixie \
        Diya Dobroslav Dollie Dolores Domenico Domhnall Dominga Domingo Dominic Dominick Dominik Dominika Dominique \
        Dona Donal Donald Donato Donna Donnell Donnie Donny Donovan Dora Dorcas Doreen Dorene Doretha Dorian Dorina \
        Doris Dorota Dorothea Dorothee Dorothy Dorothée Dorris Dortha Dorthy Dottie Doug Douglas Dovie Doyle Draga \
        Dragan Dragica Drago Drahomira Drahomíra Drahoslav Drahoslava Draupadi Drishti Drupad Duane Dudley Dulce \
        Duncan Durab Durga Dusan Dustin Dušan Dwayne Dwight Dylan Dávid Débora Dóra Eamon Eamonn Earlene Earline \
        Earnestine Easter Ebba Ebbe Eda Edda Eddie Edel Eden Edgar Edhitha Edita Edith Edmond Edmund Edna Eduard \
        Eduarda Eduardo Edvard Edvin Edward Edwin Edwina Edythe Eesaa Eesha Effie Efrain Egon Ehan Ehsaas Ehsan \
        Eijaz Eileen Eilis Eilish Eimear Eimer Einar Eiravati Ejaz Ejlaal Ekaja Ekalinga Ekani Ekansh Ekanta \
        Ekantika Ekapad Ekaraj Ekavir Ekbal Ekiya Eklavya Ekta Ela Elaf Elaine Elba Elbert Elda Eldon Eleanor \
        Eleanore Elena Eleonora Elfriede Eli Elia Eliana Elias Elida Elif Elijah Elin Elina Eline Elinor Elisa \
        Elisabet Elisabeth Elise Eliseo Elisha Eliska Elissa Eliza Elizabeth Elizebeth Eliška Ella Ellen Elli Ellie \
        Ellinor Elliot Elliott Ellis Elly Elma Elmer Elmo Elna Elnora Eloisa Eloise Elouise Eloy Elsa Elsie Elton \
        Elva Elvia Elvin Elvira Elvis Elwood Elyse Ema Emanuel Emer Emil Emile Emilia Emiliano Emilie Emilija \
        Emilio Emilly Emily Emin Emma Emmanuel Emmanuelle Emmet Emmett Emmy Emran Emília Enda Enid Enrico Enrique \
        Enzo Eoghan Eoin Eric Erica Erich Erick Ericka Erik Erika Erin Erlinda Erling Erma Erna Ernest Ernestina \
        Ernestine Ernesto Ernie Ernst Ervin Erwin Erzsebet Erzsébet Esfandyar Eshan Eshana Esmeralda Esperanza \
        Essie Esteban Estefania Estefanía Estela Estella Estelle Esther Estrella Ethan Ethel Etizaaz Etta Eugen \
        Eugene Eugenia Eugenio Eugène Eula Eulalia Eunice Eva Evan Evangelina Evangeline Evelia Evelina Eveline \
        Evelyn Evelyne Everett Evert Evette Evi Evie Evita Evy Ewa Ezio Ezra Fabian Fabiana Fabienne Fabio Fabiola \
        Fabrizio Fahmi Faizan Falak Falan Falguni Fannie Faqid Faraj Faras Farhan Fariq Faris Fatima Fatma Fausto \
        Fay Faye Fazli Feargal Fearghal Federico Fedor Felecia Felicia Felicita Felicitas Felipa Felipe Felix \
        Ferdinand Ferenc Fergal Fergus Fernanda Fernando Fidel Fidvi Filip Filippa Filippo Filomena Finbar Finn \
        Fintan Fiona Fionnuala Fitan Fiyaz Flavia Flavio Flor Florencia Florentina Florian Florine Flossie Floy \
        Floyd Foolkumari Forrest Fortunata Frado Fran Frances Francesca Francesco Francine Francis Francisca \
        Francisco Franck Franco Francois Francoise Franjo Frankie Franklin Frans Frantisek Frantiska František \
        Františka Franz Franziska François Françoise Fred Freda Freddie Freddy Frederic Frederick Frederik \
        Frederique Fredo Fredrick Fredrik Freida Freja Freya Frida Fridolin Frieda Friedrich Fritz Frode Frédéric \
        Frédérique Félix Gabino Gabor Gabriel Gabriela Gabriele Gabriella Gabrielle Gael Gaetano Gagan Gagandeep \
        Gail Gajanand Gajendra Galina Ganesh Ganga Gangesh Gangotri Gareth Gargi Garima Garrett Garry Gary Gaspar \
        Gaurang Gaurangi Gaurav Gauri Gaurika Gaurish Gautam Gautami Gavin Gayathri Gayatri Gaye Gayla Gayle Geeta \
        Geetanjali Geetika Geir Gemma Gena Genaro Genevieve Geneviève Genoveva Geoffrey Georg George Georges \
        Georgette Georgiana Georgianna Georgie Georgina Gerald Geraldine Gerard Gerardo Gerd Gerda Gerhard Geri \
        Germaine German Germán Geronimo Gerri Gerry Gert Gertie Gertrud Gertrude Gerónimo Ghaalib Ghaazi Ghaffaar \
        Ghafoor Ghaith Ghalib Ghanee Ghanem Ghannam Ghasaan Ghauth Ghawth Ghayoor Ghazalan Ghazanfar Ghazanfer \
        Ghazawan Ghazi Ghazzal Ghiyaath Ghiyath Ghufran Ghulaam Ghulam Ghunayn Ghusharib Ghusun Ghutayf Giacomo \
        Gianni Gil Gilbert Gilberto Gilda Gilles Gillian Gina Ginny Gino Giorgio Giovanna Giovanni Girik Girindra \
        Giriraj Girish Gisela Gitte Giulia Giuliano Giuseppe Giuseppina Gladys Glenda Glenn Glenna Gloria Gohar \
        Goldie Gomed Gonzalo Gopal Gopi Goran Gordana Gordon Govardhan Govind Govinda Gracie Graciela Grady Graeme \
        Graham Grainne Graziella Greg Gregg Gregoire Gregor Gregoria Gregorio Gregory Greta Gretchen Grete Grethe \
        Griselda Grover Grzegorz Grégoire Guadalupe Guddoo Gudiya Gudrun Guido Guilherme Guillaume Guillermina \
        Guillermo Gulab Gulfaam Gulfam Gulshan Gulzar Gunbir Guneet Guney Gunhild Gunja Gunjan Gunnar Gus Gussie \
        Gustav Gustavo Gwen Gwendoline Gwendolyn Gyanendra Gábor Gérard Göran Hailey Hal Haley Halima Hallie \
        Hamsika Hamsini Hamza Hana Hanna Hannah Hanne Hannele Hannes Hans Hansika Hansini Hansvi Hanuman Harald \
        Hardik Hari Harihar Harika Harinakshi Harini Haripriya Harish Harishankar Harishchandra Harita Harlan \
        Harley Harnail Harold Harri Harriet Harriett Harriette Harrison Harry Harsha Harshad Harshal Harshil \
        Harshini Harshit Harshita Harshvardhan Harvey Hasan Hassan Hattie Haushila Havisha Havya Haydee Hayden \
        Hayley Hazeem Hedda Hedvika Hedwig Heidi Heinrich Helen Helena Helene Helga Helge Hellen Hema Hemal Hemang \
        Hemangini Hemani Hemant Hemlata Hendrik Henning Henri Henrietta Henriette Henrik Henrique Henry Herbert \
        Heriberto Herlinda Herman Hermelinda Herminia Hernan Hernán Hester Hilary Hilda Hilde Hildegard Hillary \
        Hillevi Hilma Himadri Himani Himansh Himanshi Himanshu Himesh Hiral Hiram Hitesh Holger Holli Hollie Hollis \
        Horace Horacio Hortencia Hortense Hortensia Howard Hredhaan Hritik Hubert Hugh Hugo Hugues Hulda Humberto \
        Hussein Huzaifa Hélène Iain Ian Ibaad Ibraaheem Ibraheem Ibrahim Ida Idella Idika Idrees Idris Iesa Ieva \
        Iftikhaar Iftikhar Ignac Ignacio Ignác Igor Ihab Ihsaan Ihsan Ihtesham Ihtiram Ihtishaam Ihtsham Ijaya Ijli \
        Ika Ikbal Ikhlaas Ikraam Ikramah Ikrimah Ikshita Ila Ilan Ileana Ilene Ilias Ilija Ilmari Ilona Ilse Ilyas \
        Ima Imaran Imelda Imke Imogene Imre Ina Inaya Indali Indira Indra Indrajit Indraneel Indrani Indrasen \
        Indresh Indu Indumati Ines Ineta Inez Inga Inge Ingeborg Inger Ingmar Ingrid Ingrida Ingvar Inès Inés Iola \
        Iona Ione Ira Irena Irene Irina Irma Irvin Irving Irya Isa Isaac Isabel Isabela Isabell Isabella Isabelle \
        Isaiah Isha Ishaan Ishan Ishani Ishanvi Ishika Ishita Ishwar Isidro Isis Ismael Ismail Issac Istvan István \
        Iva Ivan Ivana Ivanka Ivar Iveta Ivette Ivica Ivo Ivona Ivonne Iván Izaaz Izidor Jaabir Jaafar Jaan Jabbaar \
        Jabir Jabr Jacek Jacinta Jacinto Jack Jackie Jacklyn Jackson Jaclyn Jacob Jacobo Jacque Jacquelin \
        Jacqueline Jacquelyn Jacques Jacquline Jad Jadranka Jafar Jaffer Jagannath Jagat Jagdeesh Jagdish Jagrati \
        Jagriti Jagvanti Jagvi Jahangir Jahanzeb Jahdami Jahdari Jahiz Jahm Jai Jaime Jairaj Jaka Jake Jakob Jakub \
        Jalaal Jalaj Jalal Jalees Jalil Jalsa Jamaal Jamal Jameel James Jami Jamie Jamila Jamunadas Jan Jana Janaki \
        Janani Janardan Jane Janeen Janel Janell Janelle Janet Janette Janhvi Jani Janice Janie Janina Janine Janis \
        Janki Janko Janmejay Janna Janne Jannette Jannie Jannis Janos Januja Janya Jaqueline Jared Jari Jarl \
        Jarlath Jarmila Jaromir Jaromír Jaroslav Jaroslava Jarrod Jarvis Jasmin Jasmina Jasmit Jasna Jason \
        Jatashankar Jatin Javier Javitri Jawahar Jaya Jayant Jayanti Jayesh Jayme Jayne Jayprakash Jayshree Jayson \
        Jean Jeana Jeanette Jeanie Jeanine Jeanna Jeanne Jeannette Jeannie Jeannine Jeet Jeetendra Jeetesh Jeetu \
        Jeevika Jeff Jefferson Jeffery Jeffrey Jeffry Jelena Jemma Jena Jenifer Jeniffer Jenna Jenni Jennie \
        Jennifer Jenny Jens Jerald Jeremiah Jeremy Jeri Jermaine Jerome Jeronimo Jerri Jerry Jerzy Jerónimo Jesica \
        Jesper Jess Jesse Jessica Jessie Jesus Jesús Jewell Jhalak Jill Jillian Jim Jimmie Jimmy Joachim Joakim \
        Joan Joana Joann Joanna Joanne Joao Joaquim Joaquin Joaquín Jocelyn Jodi Jodie Jody Joe Joel Joelle Joesph \
        Joey Johan Johann Johanna Johanne Johannes John Johnathan Johnna Johnnie Johnny Jolana Jolanda Jolanta \
        Jolene Jon Jonas Jonatan Jonathan Jonathon Joni Jonna Jonnie Jonáš Jorge Jorgen Joris Jose Josef Josefa \
        Josefina Josefine Joseph Josephine Josette Joshua Josie Josip Josko Josue Josué José Joséphine Jovita Joyce \
        Jozef Jozsef João Joël Joëlle Joško Juan Juana Juanita Jude Judi Judita Judith Judy Juhani Juhi Jules Juli \
        Julia Julian Juliana Juliane Julianna Julianne Julie Julien Juliet Juliette Julijana Julio Julius Jung \
        Juraj Jure Juri Justin Justina Justine Justus Jwala Jyoti Jyotiraditya Jyotsana Ján János Jérôme József \
        Jörgen Jørgen Kaamil Kaarina Kaashif Kaavya Kaazim Kabeer Kabir Kachela Kafeel Kai Kailash Kaiser Kaitlin \
        Kaitlyn Kaja Kajal Kajji Kajol Kala Kalavati Kalbi Kaleem Kaleema Kalevi Kalicharan Kalina Kalishankar \
        Kalle Kalloo Kalpana Kalpit Kalyani Kamal Kamala Kamalashankar Kami Kamil Kamila Kamini Kamlesh Kamran \
        Kamya Kanak Kanaklata Kanakprasad Kanakpratap Kanchan Kangana Kanhaiya Kanta Kanti Kapil Kara Karaamat \
        Karam Karan Kare Kareem Karel Karen Kari Karim Karin Karina Karl Karla Karlo Karn Karol Karolina Karoline \
        Karolína Karon Karrie Karsten Kartik Kartikeya Karuna Karyn Kasam Kasey Kashan Kashi Kashif Kashika \
        Kashinath Kashish Kashvi Kashyap Kasim Kaspar Kasper Kassandra Kata Katalin Katarina Kate Katelyn Katharina \
        Katharine Katherina Katherine Katheryn Kathi Kathie Kathleen Kathrine Kathryn Kathy Kati Katie Katina Katja \
        Katrin Katrina Katy Kaushal Kaushalya Kaushik Kaushiki Kauthar Kaveri Kavindra Kavita Kavya Kawkab Kawthar \
        Kay Kaye Kayla Kaylee Kayleigh Kaysan Kazi Kazim Kedar Kedarnath Keely Keisha Keith Kelley Kelli Kellie \
        Kelly Kelsey Kelvin Kemal Kendall Kendra Kendrick Kenneth Kenny Keri Kermit Kerri Kerrie Kerry Kerstin \
        Kesari Kesha Keshav Keshia Ketki Kevin Keya Keyaan Khaalid Khaan Khadija Khushboo Khushi Khyati Kia Kiaan \
        Kian Kiara Kieran Kilian Killian Kim Kimberlee Kimberley Kimberly Kira Kiran Kirby Kirk Kirsten Kirstin \
        Kirsty Kirti Kisha Kishan Kishore Kjell Klara Klaudia Klaus Klement Klára Knut Kokila Komal Konkana Konrad \
        Konstantin Kori Kornel Kornelia Koustubh Kripashankar Kris Krish Krisha Krishna Krista Kristal Kristen \
        Krister Kristi Kristian Kristie Kristiina Kristijan Kristin Kristina Kristine Kristjan Kristoffer \
        Kristopher Kristy Kriti Kritika Krystal Krystle Krystyna Krzysztof Kumkum Kumud Kunal Kunti Kurt Kurtis \
        Kush Kyara Kyla Kyle Kylie Kyra Kåre Laban Labeeb Labib Lacey Ladislav Ladislava Ladli Ladonna Laeeq \
        Laetitia Lahiah Laila Laiq Laith Lajita Lajlaj Lakeisha Lakesha Lakisha Laksh Lakshit Lakshman Lakshmi \
        Lakshya Lalbahadur Lalit Lalita Lamar Lamont Lan Lana Laqeet Laquita Lara Larissa Larry Lars Lashawn \
        Lashonda Lasse Laszlo Lata Latanya Latasha Lateef Latif Latisha Latonia Latonya Latosha Latoya Latrice \
        Latricia Laura Laure Laureen Lauren Laurence Laurent Laurenz Lauretta Lauri Laurie Lav Lavanya Lavern \
        Laverne Lavinia Lavisha Lavkush Lavonne Lawanda Lawrence Laxmi Layth Leah Leander Leandra Leandro Leann \
        Leanna Leanne Leeann Leela Leena Leif Leigh Leila Leilani Leisa Lekha Lela Leland Lelia Lena Lene Leni \
        Lenka Lennart Lenora Lenore Leo Leola Leon Leona Leonard Leonardo Leone Leonel Leonhard Leonie Leonor \
        Leonora Leopold Leopoldo Leora Leota Leroy Lesa Lesley Leslie Lessie Lester Leta Letha Leticia Letitia \
        Lettie Letícia Levi Lewis Leyla Lia Liam Liana Liban Libby Libni Libor Lidia Lidija Ligita Liisa Lila Lili \
        Lilia Lilian Liliana Liliane Lilija Lilla Lilli Lillian Lillie Lilly Limazah Lina Linda Lindsay Lindsey \
        Lindy Linn Linnea Linnie Linnéa Lino Linus Lionel Lipi Lipika Lisa Lisandro Lisbeth Lise Liselotte Lisette \
        Lissette Liv Livia Livio Liyaaqat Liyaqat Liz Liza Lizette Lizzie Ljiljana Ljubica Ljudmila Logan Lohit \
        Lois Lokendra Lola Lolita Lona Lonnie Lopa Lora Loraine Lorcan Loredana Loren Lorena Lorene Lorenz Lorenza \
        Lorenzo Loretta Lori Lorie Lorine Lorna Lorraine Lorri Lorrie Lotta Lotte Lottie Lou Louann Louella Louie \
        Louis Louisa Louise Lourdes Lovro Lowell Loyd Loïs Luana Luann Luanne Luay Luc Luca Lucas Lucia Luciana \
        Luciano Lucie Lucien Lucija Lucila Lucile Lucille Lucinda Lucio Lucretia Lucy Lucía Ludmila Ludovic Ludvig \
        Ludwig Luella Luigi Luis Luisa Luise Luiza Luka Lukas Luke Lukáš Lula Luna Lupe Lupita Luqmaan Luqman Lura \
        Lut Lutf Lutfi Luther Luz Luís Luísa Lydia Lyle Lyn Lynda Lyndsay Lyndsey Lynette Lynn Lynne Lynnette \
        László Léo Léon Lívia Maahir Maajid Maalik Maanas Maanav Maarit Maawiya Maaz Maazin Mabad Mabel Mable Mack \
        Mackenzie Madan Madani Madeleine Madeline Madelyn Madge Madhav Madhavi Madhavrao Madhu Madhulika Madhur \
        Madhuri Madhurima Madhusoodan Madison Madiyan Madonna Madri Madyan Mae Maeve Magda Magdalena Magdalene \
        Magdaléna Maggie Magnus Mahad Mahadevi Mahalakshmi Mahavir Mahaz Mahbeer Mahboob Mahbub Mahdee Mahdi Mahdy \
        Maheen Maheep Maher Mahesh Maheshwari Mahfooz Mahfuj Mahfuz Mahika Mahima Mahja Mahmood Mahmoud Mahmud \
        Mahua Mai Maida Maija Maire Mairead Maithili Maitri Maj Maja Majd Majdi Majdy Majeed Majken Majorie Makeen \
        Maks Maksim Mala Malachy Malcolm Malena Malik Malika Malin Malinda Malini Malissa Mallory Malte Malti Mamie \
        Mamta Mamun Manan Manas Manbir Manda Mandakini Mandavi Mandi Mandira Mandy Manfred Manibhushan Manikarnika \
        Manikram Manish Manisha Manishankar Manjari Manjesh Manju Manjula Manjunath Manjushree Manmohan Manohar \
        Manoj Manon Manorama Mansa Mansi Manthan Manu Manuel Manuela Manus Manya Mara Marc Marcel Marcela Marcelina \
        Marcelino Marcella Marcelle Marcelo Marci Marcia Marcie Marcin Marco Marcos Marcus Marcy Marek Maren \
        Margaret Margareta Margarete Margaretha Margaux Marge Margery Margie Margit Margita Margo Margot Margret \
        Marguerite Mari Maria Mariah Mariam Marian Mariana Mariann Marianna Marianne Mariano Maribel Marica \
        Maricela Marie Marietta Marija Marijan Marijana Marika Marilyn Marilynn Marin Mario Marion Marisa Marisela \
        Marisol Marissa Marit Marita Maritta Maritza Marius Mariusz Marja Marjan Marjatta Marjorie Marjory \
        Markandeya Marko Markus Marla Marlena Marlene Marlon Marlyn Marlys Maroof Marquita Marsha Marshall Marta \
        Martha Marthe Martin Martina Martine Marty Marutanjali Maruti Marva Marvin Mary Maryam Maryann Maryanne \
        Marybeth Maryellen Maryjane Marylou Maryse Massimo Matej Mateja Mateo Mateus Matheo Mathew Mathias Mathilda \
        Mathilde Matias Matija Matilda Matilde Mato Matteo Matthew Matthias Matthieu Matti Mattia Mattias Mattie \
        Maud Maude Maudie Maura Maureen Maurice Mauricio Maurine Maurizio Mauro Mausami Mavis Maxime Maximilian \
        Maximiliano Maxine Maxwell Maya Mayank Mayme Maynard Mayra Mayte Mayuri Meagan Meaghan Meda Meena Meenu \
        Meera Megan Megha Meghan Meghana Meghna Mehdi Mehmet Mehul Mei Meike Mekhala Melania Melanie Melba Melina \
        Melinda Melisa Melissa Melita Mellisa Mellissa Melodie Melva Melvin Melvina Menaka Mercedes Meredith Merle \
        Merlin Mervin Metod Mette Mia Micael Micaela Micah Micha Michael Michaela Michal Michaël Micheal Michel \
        Michele Michell Michelle Michèle Migdalia Miguel Mihael Mihika Mijo Mika Mikael Mikaela Mike Mikulas \
        Mikuláš Mila Milada Milagros Milda Mildred Milena Milica Milind Milka Milla Millard Millicent Millie Milo \
        Milos Miloslav Miloslava Miloš Milton Mimansa Mimi Mina Minakshi Mindy Minerva Minna Minnie Mira Miranda \
        Mirco Mirella Miriam Mirja Mirjam Mirjana Mirko Mirna Miro Miroslav Miroslava Mirta Missy Misti Mitali \
        Mitchel Mitchell Mitesh Mithilesh Mithun Mitzi Mizhir Modesta Modesto Mohamed Mohammad Mohammed Mohan \
        Mohini Mohit Moira Moises Mojmir Mojmír Mollie Molly Mona Moni Monica Monika Monique Monte Monty Monu \
        Morena Moritz Morris Morten Moses Mourib Mozelle Mridula Mrityunjay Mudita Mudrika Mugdha Muhallil Muhammad \
        Muhazzim Mukti Mukul Mukund Munna Munni Murali Muriel Murlidhar Murray Mustafa Muzdahir Muzhir Myles Myra \
        Myriam Myrna Myron Myrtis Mário Mélanie Mónica Mónika Naadir Naail Naajy Naasih Naasir Naathim Naazhim \
        Nabeeh Nabeel Nabhan Nabigh Nabih Nabil Nachiket Nada Nadeem Nadezda Nadežda Nadhir Nadia Nadim Nadin \
        Nadine Nadja Nadr Naeem Nafasat Nafees Nafesa Nafis Nageena Nagendra Nagesh Naib Naim Naina Naitik Najair \
        Najam Najeeb Nakia Naksh Nakul Nalini Namrata Nan Nandan Nandini Nandita Nandkishor Nandu Nanette Nanna \
        Nanni Nannie Naoise Naomh Naomi Narad Narayan Narayani Narendra Narmada Natalia Natalie Natalija Natalja \
        Natan Natanael Natasa Natascha Natasha Nataša Nathalie Nathan Nathaniel Natividad Natwar Natália Naveen \
        Navneet Navya Nayantara Neal Ned Nedra Neel Neelima Neeloo Neeraj Neerja Neeroo Neeru Neeta Neeti Neetoo \
        Neha Neil Nela Nelda Nell Nella Nellie Nelly Nelson Nenad Nereida Nestor Netra Nettie Neva Nevenka Niall \
        Niamh Nichola Nicholas Nichole Nick Nicki Nicklas Nickolas Nico Nicola Nicolai Nicolas Nicole Nicolás Nidhi \
        Nidia Nidra Niels Nigel Nihal Niharika Niina Nika Nikhil Niki Nikita Nikki Niklas Niko Nikola Nikolai \
        Nikolaj Nikolas Nikolaus Nikolina Niladri Nilakshi Nilda Nilesh Nilima Nils Nimish Nimisha Nimrat Nina Nino \
        Niranjan Nirbhay Nirja Nirmal Nirmala Nisa Nisha Nishant Nishi Nishtha Nishu Nita Nitara Nitesh Nitika \
        Nitin Nitish Nitisha Nitya Nityanand Nivedita Niyati Noa Noah Noe Noelia Noelle Noemi Noemí Nola Nolan Nona \
        Nootan Nora Norah Norbert Noreen Norma Norman Norris Noé Noémi Noëlle Nripendra Nuala Nupur Nydia Nóra \
        Obaid Oceane Octavia Octavio Océane Oda Odell Odette Odika Oeshi Ofelia Oisin Ojas Ojasvi Ola Olaf Olav \
        Olavi Ole Oleta Olga Oliver Olivia Olivie Olivier Ollie Olof Olívia Oma Omair Omaja Omar Omeir Omisha \
        Omkaar Omkar Omprakash Omran Omya Ona Oni Onkar Onveer Oonagh Ophelia Ora Oralia Orinder Orla Orlaith \
        Ornella Orville Osama Oscar Osha Oskar Osman Ossama Osvaldo Otilia Otis Oto Otto Ove Oviya Owais Owen Oxana \
        Oystein Oyvind Paankhi Pablo Padma Padmaja Padmavati Padmini Padraic Padraig Pahal Palak Palash Palki \
        Pallav Pallavi Paloma Pam Pamala Pamela Panchali Panini Pankaj Paola Paolo Parinita Pariniti Paritosh \
        Parker Parmanand Parmeshwar Parsa Parth Parthivi Parul Parvati Parvez Pascal Pascale Pascual Pasquale \
        Patrica Patrice Patricia Patricio Patrick Patrik Patrizia Patrícia Patti Pattie Paul Paula Paulette Paulina \
        Pauline Paulo Pauric Pavan Pavani Pavel Pavla Payal Peadar Pearlie Pearline Pearse Peder Pedro Peggy Pekka \
        Penelope Percy Perla Pero Perry Pervaiz Petar Pete Peter Petra Petter Petteri Phil Philip Philipp Philippe \
        Phillip Phillis Philomena Phylis Phyllis Pia Pierre Pietro Pilar Pinaka Piotr Piyush Polly Pooja Poonam \
        Poornima Porfirio Portia Prabha Prabhakar Prabhavati Prachi Pradeep Pradyuman Prafull Pragati Pragya \
        Prajjwal Prakash Prakhar Pramad Pramila Pramod Pranav Pranay Praneel Pranit Pranita Pranjal Prashansa \
        Prashant Prasoon Pratap Prateek Prateeksha Prathamesh Pratibha Pratigya Pratiksha Pratima Pratyasha \
        Pratyush Pratyusha Praveen Prayag Preetam Preeti Preksha Prem Premchand Premlata Premnarayan Premnath \
        Premprakash Premshankar Prerna Preston Preyash Pricilla Priscilla Prisha Priti Pritika Pritish Priya \
        Priyadarshini Priyali Priyamvada Priyanka Priyanshi Puja Puneet Purva Purvi Pushkar Pushpa Pushti Qaadir \
        Qaasim Qabeel Qabil Qadar Qadeer Qadi Qadim Qahtan Qaim Qais Qamar Qani Qanit Qareeb Qarin Qaseem Qasid \
        Qasif Qasim Qatadah Qawee Qays Quadir Qudamah Quddoos Qudoos Quentin Quincy Quinton Qurban Qusay Qushi \
        Qutaybah Qutb Qutub Raaghib Raagini Raahil Raakin Raamis Raamiz Raashid Raatib Rabah Rabar Rabb Rabbaanee \
        Rabbani Rabee Rabiah Rabit Rachael Rachana Racheal Rachel Rachelle Rachit Rachita Radha Radharaman Radhee \
        Radhika Radi Radomir Radomír Radoslav Radovan Rae Raed Raees Rael Rafael Rafaela Rafan Rafay Rafee Rafeek \
        Rafeeq Rafi Rafiq Raghav Raghavendra Raghavi Ragheb Raghib Raghu Ragini Ragnar Ragnhild Rahat Raheel Raheem \
        Rahul Raisa Raj Rajan Rajani Rajat Rajata Rajeev Rajendra Rajesh Rajeshri Rajeshwar Rajkumar Rajnath \
        Rajnish Rajshree Raju Rajyawardhan Rakesh Rakhi Raksha Rakshit Rakshita Ralph Ramashankar Ramayan Rambha \
        Ramchandra Ramdev Ramdhari Ramesh Ramiro Ramnarayan Ramnik Ramon Ramona Ramprasad Rampyare Ramón Ranbir \
        Randal Randall Randi Randolph Rangnath Rani Ranjan Ranjana Ranveer Raphael Raquel Rashi Rashika Rashmi \
        Rasmus Ratan Rati Ratnakar Ratnesh Raul Raushan Ravi Ravinder Ravindra Ravishankar Rayaan Rayan Raymond \
        Raúl Reba Rebeca Rebecca Rebeka Rebekah Reece Reet Reeta Reggie Regina Reginald Rehaan Reina Reinaldo \
        Reinhold Rekha Remy Rena Renae Renata Renate Renato Rene Renee Renita Renáta René Renée Reshama Reta Retha \
        Reuben Reva Revati Rex Reyansh Reyna Reynaldo Reza Rhiannon Rhoda Rhonda Rhys Ria Ricarda Ricardo Richa \
        Richard Richelle Rickey Rickie Ricky Rico Riddhi Ridheekaran Ridhi Ridhima Rigoberto Riley Rimjhim Rimsha \
        Rina Rinkesh Risha Rishabh Rishi Rishikesh Rishu Rita Ritesh Riti Ritika Ritu Riya Robbie Robbin Robby \
        Robert Roberta Roberto Robyn Rocco Rochelle Rocio Rocío Roderick Rodger Rodney Rodolfo Rodrigo Rogelio \
        Roger Rohaan Rohan Rohini Rohit Roisin Roland Rolando Rolf Roma Romana Romeo Romona Romy Ron Rona Ronald \
        Ronan Ronda Ronith Ronja Ronnie Ronny Roopa Roosevelt Rory Rosa Rosalba Rosalee Rosalia Rosalie Rosalina \
        Rosalind Rosalinda Rosalva Rosalyn Rosanna Rosanne Rosaria Rosario Rosaura Roscoe Roseann Roseanna Roseanne \
        Rosella Roselyn Rosemarie Rosetta Roshan Rosie Rosina Rosita Roslyn Ross Rowan Rowena Roxana Roxane Roxann \
        Roxanna Roxanne Roxie Roy Royce Rozalia Rozalija Rozália Ruairi Ruben Rubye Rubén Ruchi Ruchika Ruchir Rudi \
        Rudolf Rudolph Rudra Rudranath Rudy Rufino Rufus Rukmini Rumpa Runjhun Rupa Rupali Rupanjali Rupesh Rushil \
        Russel Russell Rusul Ruth Ruthann Ruthie Ruwaihim Ryan Ryszard Rémy Róbert Rúben Saabir Saad Saadat Saadiq \
        Saafir Saahir Saaiq Saajid Saal Saalih Saalim Saanvi Saaqib Saariyah Sabah Sabahat Sabbir Sabeeh Sabil \
        Sabina Sabine Sabiq Sabir Saboor Sabri Sabrina Sabur Saburah Sacchidanand Sacha Sachi Sachin Sadan Sadaqat \
        Sadeed Sadhana Sadie Sagar Sagarika Sahdev Sai Saim Sair Sairah Sajan Sajjan Sakari Saket Saksham Sakshi \
        Sallie Salma Salome Salomé Saloni Salvador Salvatore Sam Samaksh Samama Samanata Samanta Samantha Samar \
        Samarth Samatha Sameeksha Sameer Sameet Samesh Sami Samir Samira Sammie Sammy Sampada Samraggi Samu Samuel \
        Sanatan Sanaya Sandeep Sandhya Sandi Sandor Sandra Sandro Sanford Sangeet Sangeeta Sanidhya Sanja Sanjana \
        Sanjay Sanjeet Sanjeev Sankalp Sanna Sanne Sanskriti Santa Santanika Santos Santosh Santoshi Sanya Saood \
        Sapna Sara Sarah Saras Saraswati Sarika Sarita Saroj Sarojini Sarthak Sarvesh Sasa Sasha Saskia Sathvik \
        Satish Satyam Satyaprakash Saul Saumya Saundra Saurabh Saurav Savita Savitri Saša Scarlett Scot Scott \
        Scotty Seamus Sean Sebastian Sebastiano Sebastien Sebastián Seema Seeta Selena Selina Selma Sepp Serafina \
        Serena Sergei Sergej Sergio Seth Severin Severino Shaguun Shailendra Shailesh Shailja Shaily Shakti \
        Shakumbhari Shakuntala Shalabh Shalini Shaloo Shambhavi Shambhu Shameka Shana Shanda Shane Shania Shankar \
        Shanna Shannan Shannon Shanon Shanta Shantanu Shante Shantel Shanti Sharad Sharda Shari Sharla Sharlene \
        Sharon Sharonda Sharron Sharyn Shashank Shashikala Shashinath Shashwat Shatakshi Shatrughna Shaun Shauna \
        Shaurya Shawn Shawna Shayantani Shayla Sheela Sheena Sheetal Sheetala Sheetendra Shefali Sheila Shekhar \
        Shelby Sheldon Shelia Shelley Shelli Shellie Shelly Sheree Sheri Sherman Sherri Sherrie Sheryl Sheshnath \
        Shiela Shikha Shilpa Shilpi Shipra Shirlene Shirley Shishir Shiv Shiva Shivaji Shivam Shivangi Shivani \
        Shivansh Shivanshi Shivendra Shivesh Shivpoojan Shivshankar Shobha Shona Shonda Shraddha Shravan Shravya \
        Shreejesh Shreya Shreyansh Shreyash Shridevi Shrikant Shrinath Shriram Shruti Shubh Shubham Shubhangi \
        Shubhendu Shubhi Shuchi Shuchita Shweta Shwetank Shyamali Sian Siddhant Siddharth Siddhi Sidney Signe \
        Sigrid Sigurd Silas Silje Silke Silva Silvana Silvester Silvia Silvio Simon Simona Simone Simran Sinead \
        Siobhan Siv Siya Slavica Slavko Slavomir Slavomír Slobodan Smita Smriti Sneha Snehlata Snigdha Socorro \
        Sofia Sofie Sofía Soham Sohan Sohini Soledad Solomon Solveig Somdatt Somesh Sona Sonakshi Sonal Sonali \
        Sonam Sondra Soni Sonia Sonja Sonu Sonya Sophia Sophie Soraya Sorcha Soren Souma Soňa Spencer Srishti \
        Stacey Staci Stacia Stacie Stacy Stan Stana Stanislav Stanislava Stefan Stefani Stefania Stefanie Stefanija \
        Stefano Steinar Stella Sten Stephan Stephane Stephanie Stephany Stephen Stephenie Steve Steven Stewart Stig \
        Stina Stine Stjepan Stuart Stuti Stéphane Stéphanie Subhadra Subhash Subhashini Subodh Sudakshina \
        Sudarshini Sudeeksha Sudesh Sudeshna Sudevi Sudha Sudhakar Sudheendra Sudheer Sudhir Sudiksha Sugam \
        Sugandha Suhani Suhas Suhasini Sujal Sujan Sujata Sujit Sukriti Sukritika Sulabh Sulabha Sulekha Sulochana \
        Suman Sumit Sumitra Sumukhi Sunaina Sunanda Sundar Sundari Suneeta Suneeti Sunidhi Sunil Supriya Surabhi \
        Suraj Surekha Surendra Suresh Suruchi Surya Suryakant Suryakanti Suryaprakash Susan Susana Susanna Susannah \
        Susanne Sushant Susheela Sushil Sushma Sushmita Susie Suyash Suzan Suzana Suzanna Suzanne Suzette Svea Sven \
        Sverre Svetlana Swapnil Swara Swaraj Swaranjali Swati Sybil Sylvester Sylvia Sylvie Sylwia Sándor Sára \
        Sébastien Sören Taahaa Taahir Taaj Taalib Taamir Taanish Taariq Taban Tabassum Tabatha Tabish Tabitha \
        Tadeas Tadeen Tadeusz Tadeáš Tafazal Tage Taha Tahawwur Taheem Tahir Tahmaseb Tahmeed Tahmid Tahoor Tahseen \
        Taial Taimur Taisir Taj Tajammal Tajammul Tajudinn Talal Talat Talha Talhah Tali Talia Talib Tamam Tamanna \
        Tamara Tameka Tamela Tamera Tami Tamika Tammi Tammie Tammy Tamra Tana Tanay Tania Tanish Tanisha Tanishka \
        Taniya Tanja Tanmay Tanmayi Tanu Tanuja Tanushree Tanveer Tanvi Tanya Tapani Tapio Tara Tarak Tarfaan \
        Tarika Tarun Taruna Taryn Tasha Tatiana Tatjana Tawana Tawkeel Taylor Ted Teddy Teerth Tejas Tejasvi \
        Tejprakash Tejpratap Tekla Tena Teodor Teodoro Tera Terence Teresa Terese Teresia Teresita Teressa Terezia \
        Teri Terra Terrance Terrell Terrence Terri Terrie Terézia Tess Tessa Tessie Thaddeus Thea Theda Thelma Theo \
        Theodor Theodora Theodore Theresa Therese Thi Thiago Thibault Thibaut Thierry Thomas Thor Thurman Théo \
        Théodore Thérèse Tia Tiago Tiana Tibor Tiffani Tiffany Tiina Tillie Tim Timmy Timo Timotej Timoteo Timothee \
        Timothy Timothée Tina Tirdad Tisha Tishk Tiziana Tiziano Tobias Toby Todd Tom Tomas Tomasa Tomasz Tomi \
        Tomislav Tommie Tommy Tomás Tomáš Toni Tonia Tonja Tonny Tony Tonya Torben Tori Torsten Tosha Tove Tracey \
        Traci Tracie Tracy Travis Trena Trent Treva Trevor Tricia Trina Trine Trinidad Tripti Tripurari Trisha \
        Trista Tristan Triveni Triya Trudy Tulika Tulsi Turvi Tushar Tuulikki Twila Twyla Tyler Tyra Tyrone Tyson \
        Ubaadah Ubadah Ubaid Ubaidah Ubay Ubayd Ubaydullah Ubika Ucchal Udant Udarsh Uday Udayraj Uddhav Udit \
        Udyati Ugo Uhban Ujjwala Ulf Ulfat Uli Ulla Ulrik Ulrike Ulysses Uma Umaarah Umair Umakant Umang Umar \
        Umashankar Unnati Unni Upadhriti Upagya Upasana Upasna Upendra Upkaar Upma Urishilla Urjita Urmi Urmila \
        Urrab Urshita Ursula Urszula Urvashi Urvi Usha Utkarsh Uttam Vaagdevi Vaagishwari Vaani Vaclav Vada Vahar \
        Vaibhav Vaidehi Vaishali Vaishnavi Valarie Valdemar Valentim Valentin Valentina Valentino Valentín Valeri \
        Valeria Valerie Valerio Vallabh Valorie Valter Valéria Valérie Vamakshi Vance Vanda Vandana Vanesa Vanessa \
        Vanja Vansha Vanshika Vanya Vardhaman Varenya Varsha Vartika Varun Varuna Vasana Vasatika Vasco Vashishth \
        Vasudha Vasundhara Vaughn Ved Veda Vedang Vedant Vedhika Vedika Vedprakash Veena Vega Velda Veli Velma \
        Venessa Venita Venus Vera Verda Verena Verla Vern Verna Vernell Verner Vernice Vernon Veronica Veronika \
        Veronique Verónica Vesna Vesta Vibha Vibhor Vibhuti Vicenta Vicente Vickey Vicki Vickie Vicky Victoire Vida \
        Vidar Vidhi Vidisha Vidur Vidushi Vidya Vignesh Vihaan Vijay Vijaya Vijendra Vikalp Vikas Vikki Vikram \
        Vikrant Viktor Viktoria Viktorija Viktória Vilas Vilasrao Vilhelm Ville Vilma Vimal Vimala Vinay Vinaya \
        Vinayak Vince Vincent Vincenza Vincenzo Vineet Vineeta Vinod Violeta Violetta Vipin Vipul Viraj Virat \
        Virendra Virgie Virgil Virgilio Virgina Virginie Vishakha Vishal Vishnu Vishnukant Vishnupriya Vishwanath \
        Vishwas Vit Vita Vito Vitoria Vittorio Vitória Vivaan Vivasvan Vivek Vivian Viviana Viviane Vividha Vivien \
        Vladimir Vladimira Vladimír Vladimíra Vladislav Vlado Vlasta Vlastimil Vonda Vratislav Vrinda Vrishti \
        Vritti Vyanjana Václav Véronique Vít Waahid Waail Waajid Wadee Wadood Wafa Wafeeq Wafi Wafiq Wahab Wahb \
        Wahban Waheed Wahhaab Wahhaaj Waida Wakeeta Wallace Walter Wanda Warda Warhi Warinder Warjas Watika Wayne \
        Wazir Weldon Wendell Wendi Wendy Werner Wesley Whitney Widisha Wilbert Wilbur Wilda Wiley Wilfred Wilfredo \
        Wilhelm Wilhelmina Willa Willard William Williams Willie Willis Willy Wilma Wilmer Wilson Winfred Winifred \
        Winnie Winnifred Winona Winston Wishi Witold Wojciech Woodrow Wriddhish Wridesh Wyatt Xalak Xavier Xenia \
        Xiomara Xiti Xobeen Yaaseen Yachana Yadavi Yadid Yadira Yafi Yafir Yaghnam Yagnesh Yago Yahvi Yahya Yahyaa \
        Yaman Yamar Yameen Yamini Yamuna Yan Yannick Yaqeen Yaqoot Yaqub Yar Yara Yasaar Yaseen Yash Yashasvi \
        Yashaswi Yashawini Yashem Yashica Yashika Yashoda Yashodhara Yashvi Yashwant Yasin Yasir Yasmin Yasmina \
        Yasmine Yassin Yasti Yatan Yathrib Yatin Yauvani Yawar Yawer Yazan Yazeed Yeraz Yergha Yesenia Yesoob Ylva \
        Yngve Yochana Yogesh Yogita Yolanda Yong Yoshita Youssef Yudhi Yug Yukta Yureed Yusuf Yutika Yuvraj Yves \
        Yvette Yvonne Zaafir Zaahid Zaahir Zaakir Zabir Zacarias Zacarías Zachary Zackariya Zaeem Zafar Zafeer \
        Zafir Zafrul Zahaar Zaheer Zahi Zahir Zahra Zahri Zahrun Zahur Zaib Zaid Zaira Zaitra Zakaria Zane Zaneta \
        Zansi Zara Zarar Zarna Zashil Zauqi Zaweel Zayan Zayyan Zayyir Zdenka Zdenko Zdravko Zehaan Zelda Zeljko \
        Zella Zelma Zenaida Zenta Zerdad Zewad Zeynep Zilmil Zimran Zina Zinal Zita Zlatko Zoe Zoey Zoila Zoltan \
        Zoltán Zora Zoraida Zoran Zoé Zuwayhir Zuzana Zvonko Álvaro Ángela Áron Åke Åse Éva Ísis Óscar Øystein \
        Øyvind Úrsula Šimon Štefan Štefanija Žaneta Željko
        """

    /// Names that are words or places as well.
    static let ambiguous: StaticString = """
        Ada Adelaide Ales Alexa Alexandria Aleš Aline Alpha Amber Amir Angel Ani Ante April Asia August Aura Austin \
        Autumn Barb Barney Basel Basil Beau Belle Beryl Bill Birdie Bob Bonnie Brad Brain Brandy Brook Buddy Candy \
        Carmine Carol Carolina Chad Charity Chase Chastity Chelsea Cherry Chester Christen Christian Chuck Claude \
        Clay Clement Cliff Colleen Coral Corona Coy Crystal Curt Daisy Dale Dallas Dawn Dean Derrick Destiny Devon \
        Dick Dirk Dolly Don Drew Earl Earnest Ebony Eddy Edit Else Emery Ester Eta Eve Faith Fanny Fawn Fern Flora \
        Florence Forum Frank Gale Garland Gay Gene Geneva Georgia Ginger Glen Grace Grant Guy Harsh Hazel Heath \
        Heather Hector Holly Homer Hope Hunter Héctor India Iris Israel Ivory Ivy Jade Jasmine Jasper Jay Jewel Job \
        Jordan Josh Joy Julia June Junior Júlia Ken Kent Kenya Kitty Lacy Lance Laurel Lea Lee Lily Line Lloyd Loot \
        Lucky Mad Mads Man Mare Margarita Maria Marina Marine Mark Marlin Martin Martín María Mason Mats Matt Max \
        Maxim May Melody Mercy Merry Meta Mickey Milan Miles Misty Morgan Myrtle Mária Nadir Nail Nancy Noel Nova \
        Noël Odessa Olive Opal Orlando Paige Pansy Pat Patience Patsy Patty Pearl Penny Peter Phoebe Pierce \
        Precious Princess Prudence Péter Queen Raid Ram Randy Raven Ray Reed Rein Rhea Rick Rob Robin Rocky Rod \
        Roman Rose Rosemary Ruby Rune Rusty Rut Sad Saga Said Sally Sander Sandy Santiago Sari Savannah Serge \
        Sherry Sierra Siri Son Sonny Soon Stanley Sterling Sue Summer Sun Sunny Sydney Tea Terry Tiara Tilde Tine \
        Tor Tore Troy Urban Valencia Valentine Veer Victor Victoria Viola Violet Viral Virginia Víctor Wade Wadi \
        Ward Warren Will Windy Young Ángel Íris
        """
}
