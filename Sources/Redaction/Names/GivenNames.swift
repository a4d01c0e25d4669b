// Given names. Where they come from and under which licences: `Provenance.swift`.

/// Given names, by a space apart.
enum GivenNames {
    /// Names that are hardly anything else.
    static let clear: StaticString = """
        Aaaqil Aaban Aabid Aachal Aadam Aadhya Aadi Aadil Aafiya Aage Aahana Aahil Aalam Aalee Aalim Aamil Aamir \
        Aamirah Aanchal Aanuoluwapo Aaqil Aaradhita Aarav Aarif Aarini Aariz Aarna Aarnav Aarohi Aaron Aarti Aarush \
        Aaryan Aashi Aashif Aashir Aasif Aasim Aastha Aatif Aatiq Aaus Aayan Aayush Aazim Abaan Abayomi Abbie Abby \
        Abdi Abdul Abdullah Abebi Abeer Abel Abeni Abha Abhay Abhigyan Abhijeet Abhilash Abhilasha Abhilesh \
        Abhimanyu Abhinav Abhinesh Abhiram Abhisar Abhishek Abhishree Abigail Abiodun Abiona Abosede Abraham Abril \
        Achille Adaeze Adalberto Adam Adams Adan Addie Adebiyi Adebowale Adebukola Adedayo Adedeji Adekitan Adekola \
        Adekunle Adela Adelaida Adele Adeleke Adelina Adeline Adell Adenike Adeniyi Adeolu Adeoti Adepeju Aderopo \
        Adesewa Adeshina Adesoji Adesua Adetayo Adetoke Adetoun Adeyi Adhya Adigun Adil Aditi Aditya Adityanath \
        Adolf Adolfo Adolfs Adolph Adomas Adrian Adriana Adriane Adrianna Adrianne Adriano Adrien Adrienne Adrija \
        Adrián Adunni Advaith Advay Advik Advika Adweta Adya Adyashankar Adán Adèle Adéla Afolarin Afonso Agastya \
        Agata Agatha Agathe Agne Agnes Agnese Agneta Agni Agnieszka Agnès Agnė Agris Agustin Agustina Agustín Agáta \
        Ahilya Ahmad Ahmed Aida Aidan Aideen Aiden Aiga Aigars Aija Aileen Ailis Aime Aimee Aimé Aimée Aina Ainars \
        Aine Aino Ainārs Aisha Aishani Aishwaran Aishwarya Aisling Aistis Aivar Aivaras Aivars Ajala Ajani Ajay \
        Ajeet Ajoke Akanksha Akanmu Akash Ake Akhil Akhilesh Akinkunmi Akinlabi Akinwale Akriti Akshara Akshat \
        Akshay Akshit Alade Alain Alaina Alamu Alan Alana Alanna Alba Albert Alberta Alberte Alberto Alberts Albin \
        Albina Albína Alda Aldis Aldo Alecia Alejandra Alejandro Aleks Aleksandar Aleksander Aleksandr Aleksandra \
        Aleksandras Aleksandrs Aleksei Aleksi Alen Alena Alene Alesia Alessandro Alessia Alessio Aleta Aletha Alex \
        Alexander Alexandr Alexandra Alexandre Alexandrie Alexej Alexia Alexis Alf Alfons Alfonso Alfred Alfreda \
        Alfredo Alfreds Alfrēds Algirdas Ali Alice Alicia Alida Alina Alisa Alise Alisha Alison Alissa Alistair \
        Alix Alka Allan Allana Allen Allene Allie Allison Allyson Alma Alois Alonso Alonzo Alphonse Alphonso Alta \
        Altagracia Althea Alton Alva Alvar Alvaro Alvin Alvina Alvine Alvīne Alyce Alyson Alyssa Alzbeta Alícia \
        Alīda Alžběta Amador Amaira Amalia Amalie Amalija Aman Amanda Amandine Amar Amara Amarachi Amarendra \
        Amartya Ambar Ambika Ambrose Ambuj Amelia Amelie Amelija Ameya Ami Amie Amin Amina Amira Amish Amit Amitabh \
        Amogh Amoke Amol Amope Amos Amparo Amrish Amrit Amrita Amruta Amy Amélia Amélie Amālija Ana Anabel Anabela \
        Anadi Anais Anamika Anand Ananya Anastasia Anastasie Anastazie Anastazja Anastázie Anay Anaïs Anda Andela \
        Anders Anderson Andra Andras Andre Andrea Andreas Andree Andrei Andreia Andrej Andrejs Andres Andress \
        Andrew Andrešs Andria Andrija Andris Andrius Andrus Andrzej András André Andrée Andrés Andy Anděla Ane \
        Aneta Anete Anett Anette Anezka Anežka Angad Angela Angelia Angelica Angelika Angelina Angeline Angelique \
        Angelita Angelo Angie Angus Angélica Angélique Anh Anica Aniela Anika Aniket Anil Animesh Aniruddh Anirudh \
        Anish Anisha Anissa Anita Anja Anjali Anjana Anjani Anjolaoluwa Anju Anka Ankica Ankit Ankita Ankur Ankush \
        Anmol Ann Anna Annabel Annabella Annabelle Annamaria Annamarie Anne Anneli Annelie Annemarie Annetta \
        Annette Anni Annick Annie Annija Annika Annikki Annmarie Anny Anokhi Anoop Anouk Ansh Anshika Anshul \
        Anshuman Ansis Antanas Antero Anthony Antima Antionette Anto Antoine Antoinette Anton Antonella Antonette \
        Antoni Antonia Antonietta Antonija Antonin Antonina Antonino Antonio Antonius Antons Antony Antonín \
        Antoņina Antra Antti Antun António Antônio Anu Anubhav Anubhuti Anugya Anuj Anuja Anupam Anupama Anupriya \
        Anuradha Anurag Anusha Anushka Anushree Anvesha Anveshita Anvi Anya Anđa Anđela Aoife Aparajita Aparna \
        Apolena Apollo Apolonia Apoorv Apoorva Apurva Araceli Aradhana Aradhya Arcelia Archana Archie Archita \
        Aretha Arham Ari Ariadna Ariana Ariane Ariel Ariele Arielė Arija Arijit Arijus Arike Arild Arin Arinola \
        Aris Arjita Arjun Arkadiusz Arleen Arlene Arline Armand Armandas Armando Armands Armida Armin Arminas Arnas \
        Arnaud Arnaude Arne Arnis Arnold Arnoldas Arnolds Arnost Arnošt Arnulfo Aron Aronas Arpan Arpana Arpit \
        Arpita Arron Arsenio Arthur Artis Artur Arturas Arturo Arturs Artūras Artūrs Arun Arunas Arunima Arunita \
        Arush Arushi Arvid Arvids Arvind Arvydas Arvīds Arya Aryabhatta Aryan Arūnas Asa Asafe Asake Asbjorn \
        Asbjørn Ase Aseem Asha Ashirwad Ashish Ashlee Ashleigh Ashley Ashling Ashok Ashton Ashu Ashutosh Ashwin \
        Ashwini Asta Astrid Asuncion Asunción Atfat Atharv Atharva Atheel Athena Ati Atinuke Atishay Attaf Attila \
        Atul Atulanand Aubrey Aud Audra Audrey Audrius Augusta Augustas Auguste Augustin Augustine Augusto Augusts \
        Auraq Aureja Aurel Aurelia Aurelie Aurelija Aurelio Aurimas Aurora Aurore Aurélie Aurėja Ausma Ausra \
        Ausrine Austra Aušra Aušrinė Ava Avani Avanti Avantika Avdhesh Avery Avi Avichal Avijit Avinash Aviral Avis \
        Avkash Avni Avnish Awadh Awadil Awamil Awamiri Awan Awani Awantika Awero Awj Awlya Awmar Awrad Axel Aya \
        Ayaan Ayamin Ayinde Ayinke Ayla Aylin Aylla Ayodeji Ayodele Ayoka Ayoub Aysar Ayush Ayushi Ayushman Ayyubi \
        Azaan Azad Azban Azeeb Azuolas Baahir Baaizeed Baaqee Baaqir Baaree Baashir Baasim Baasit Babar Babasola \
        Babatunji Babawale Baber Babita Babloo Babulal Bachittar Badal Badawi Badr Baghyawati Baha Bahaa Bahadur \
        Bahadurjit Baiba Baikunth Bailey Bairbel Bakhshi Balazs Baldev Baleegh Balendra Balhaar Baljiwan Balraj \
        Baltasar Balvan Balveer Balwant Balázs Bambad Bambi Banjeet Banshidhar Bao Baqar Baqir Bara Barbara Barbora \
        Barbra Barbro Barica Barkha Barr Barraq Barry Bart Bartek Basaam Basanti Baseer Basem Bashaar Bashaarat \
        Bashar Basharat Basheer Basheerah Basim Basir Bassam Bastian Batal Batool Bazam Beata Beatrice Beatrix \
        Beatriz Becky Bedrich Bedřich Belen Belinda Bella Belva Benas Benedict Benedikt Benedita Bengt Benicio \
        Benita Benito Benjamim Benjamin Benjamín Bennie Benny Benoit Benoît Bente Benthe Bento Benício Berend \
        Berends Berezat Berit Bernabe Bernabé Bernadette Bernadine Bernard Bernarda Bernardo Bernhard Bernice \
        Bernie Berniece Bernita Bernt Bert Berta Bertha Bertie Bertil Bertram Bertrand Bertulis Bess Bessie Beth \
        Bethan Bethany Betsy Bette Bettie Bettina Betty Bettye Beulah Beverley Beverly Beáta Bhagirath Bhagirathi \
        Bhagvant Bhagvati Bhagwat Bhagwati Bhanumati Bharadwaj Bharat Bhargav Bhaskar Bhavani Bhavika Bhavini \
        Bhavna Bhavya Bhawna Bheem Bheeshma Bhoomi Bhoomika Bhupendra Bhushan Bhuwaneshwar Bianca Bianka Bilaal \
        Bilal Biljana Billie Billy Bimal Bimala Bina Bipin Birger Birgit Birgitta Birousk Birte Birthe Biruta \
        Biserka Bishakha Bizhan Bjarne Bjorg Bjorn Björn Bjørg Bjørn Blahoslav Blaine Blair Blake Blanca Blanche \
        Blanka Blazej Blazena Blažena Boaz Bobbi Bobbie Bobby Bodil Bogdan Bohumil Bohumila Bohumir Bohumír \
        Bohuslav Bolatito Boleslav Boluwatife Bonita Boris Borivoj Borys Boyd Bozena Bozica Bořivoj Božena Božica \
        Bradford Bradley Brady Brahmadatta Brahmakumari Brahmi Brajesh Branden Brandi Brandie Brandon Branka Branko \
        Brayan Breanna Breda Brencis Brenda Brendan Brenna Breno Brent Bret Bretislav Brett Brian Briana Brianna \
        Brianne Bridget Bridgett Bridgette Brigette Brigid Brigita Brigitta Brigitte Brijbhushan Brijesh Brijmohan \
        Brinda Brita Britney Britt Britta Brittany Brittney Brock Bronagh Bronislava Brooke Broņislava Bruce Bruna \
        Bruno Bryan Bryant Bryce Bryon Buford Bunmi Bunty Buraid Burton Byron Bárbara Béatrice Bērends Bērtulis \
        Błażej Břetislav Bảo Caetana Caio Caitlin Caitlyn Caitriona Caleb Calebe Calista Callie Callum Calogero \
        Calvin Cameron Camila Camilla Camille Camilo Candace Candelaria Candi Candice Candida Caoimhe Capucine Cara \
        Caren Carey Cari Caridad Carin Carina Carine Carissa Carl Carla Carleen Carlene Carlo Carlos Carlota \
        Carlotta Carlton Carly Carman Carmel Carmela Carmelita Carmella Carmelo Carmen Carmina Carminho Carola \
        Carole Carolin Caroline Carolyn Carrie Carrol Carroll Carsten Carter Cary Caryn Casandra Casey Casper \
        Cassandra Cassidy Cassie Catalina Catarina Caterina Cathal Catharina Catharine Catherine Cathie Cathleen \
        Cathrine Cathryn Cathy Catina Catrin Catrina Catriona Caua Caue Cauã Cauê Cecelia Cecil Cecile Cecilia \
        Cecilie Cecília Cedric Celeste Celestine Celia Celina Celine Cesar Cezary Chaaya Chaitaly Chaitanya Chaiti \
        Chakradev Chakradhar Chakrika Chamali Chaman Chameli Champak Chanakya Chanchal Chanda Chandan Chandani \
        Chandika Chandra Chandrabhan Chandrakala Chandrakanti Chandrama Chandramauli Chandran Chandresh Chanel \
        Changaz Chantal Chantel Chantelle Charan Charisse Charita Charla Charleen Charlene Charles Charlesh Charley \
        Charlie Charline Charlotta Charlotte Charmaine Charo Charu Charvi Chashida Chasity Chasmum Chatresh Chatura \
        Chau Chavvi Chawish Che Chelsey Chelsie Cheragh Cheri Cherie Cheryl Chetana Cheyenne Chhaya Chhotelal \
        Chiamaka Chiara Chibuzo Chidimma Chigozie Chijioke Chinedu Chinelo Chintamani Chinyere Chiquita Chirag \
        Chitra Chizoba Chloe Chloé Chong Chris Chrissy Christa Christal Christel Christelle Christer Christi \
        Christiana Christiane Christie Christin Christina Christine Christoffer Christoph Christophe Christopher \
        Christy Chrystal Chukwudi Chukwuemeka Châu Ciara Ciaran Cillian Cindi Cindy Cinthia Cipriano Ciro Clair \
        Claire Clara Clare Clarence Clarice Clarisa Clarissa Clark Claudette Claudia Claudine Claudio Claus Clayton \
        Clemence Clemens Clemente Clementina Clementine Cleo Cleveland Clifford Clifton Clint Clinton Cliodhna \
        Cliona Clive Clodagh Clyde Cláudio Clémence Cody Colby Cole Coleen Coleman Colette Colin Collette Collin \
        Colm Colum Conal Conall Conan Concepcion Concepción Concetta Conn Connie Connor Conny Conor Conrad \
        Constanca Constance Constantin Constanze Constança Consuela Consuelo Cora Cordelia Corey Cori Corina Corine \
        Corinna Corinne Cormac Cornelia Cornelio Cornelius Corrie Corrine Cortney Cory Courtney Craig Cristal \
        Cristian Cristiano Cristina Cristobal Cristy Cruz Csaba Ctibor Ctirad Curtis Cynthia Cyprian Cyril Cyrus \
        Cécile Cédric Célina Céline César Daamin Daanish Daanyaal Daawood Dabbah Dabir Dace Dag Daghfal Dagmar \
        Dagmara Dagny Daiga Daina Dainis Dainius Daire Daiyaan Dakhil Daksh Daksha Dakshesh Dalaja Dalbir Dalia \
        Dalibor Dalton Damaris Dameer Damian Damien Damife Damini Damir Damjan Damon Damurah Damyanti Dan Dana Dane \
        Danelle Danette Dani Danial Danica Daniel Daniela Daniele Danielius Daniella Danielle Daniels Danijel \
        Danijela Danilo Danish Danita Danna Danny Dante Danuse Danuše Daphne Dara Darain Darcy Daren Daria Darija \
        Darika Darin Darina Dario Darius Dariusz Darko Darla Darleen Darlene Darnell Darpan Darragh Darrel Darrell \
        Darren Darrin Darryl Darsh Darshan Darta Darwin Daryl Darío Dashrath Dastageer Dave Davi David Davida Davis \
        Davor Dawid Dawna Dawud Dayamai Dayashankar Dayita Dayna Dayyaan Deana Deann Deanna Deanne Dearbhail \
        Dearbhla Debashish Debbie Debby Debi Debora Deborah Debra Debrah Declan Dee Deena Deepa Deepak Deepali \
        Deepam Deepika Deepmala Deepshikha Deepti Deidra Deidre Deirdre Deividas Dejan Delbert Delfina Delia \
        Delilah Della Delma Delmar Delois Delores Deloris Delphine Demetra Demetria Demetrius Demi Demilade Dena \
        Denice Denis Denisa Denise Dennis Denny Derek Derick Dermot Dervla Desiree Desmond Dessie Dev Devang \
        Devansh Devasena Devashish Devbrat Devdutt Devendra Devesh Devika Devin Devyani Dewayne Dewey Dewi Dexter \
        Dhananjay Dhara Dharam Dharmendra Dheeraj Dhriti Dhrupad Dhruv Dhwani Dhyanendra Dian Diana Diane Diann \
        Dianna Dianne Diarmuid Didier Diego Digvijay Diksha Dilara Dilip Dillon Dimas Dimitri Dina Dinah Dinesh \
        Dinis Dinkar Dino Diogo Dion Dionne Dipanshi Dipta Dipu Disha Dishita Dita Divakar Divya Divyansh Divyanshu \
        Diwakar Dixie Diya Diāna Dmitri Dobroslav Dollie Dolores Dom Domagoj Domantas Domas Domenico Domhnall \
        Dominga Domingo Dominic Dominick Dominik Dominika Dominique Dominyka Dominykas Dona Donal Donald Donatas \
        Donato Donita Donna Donnell Donnie Donny Donovan Dora Dorcas Doreen Dorene Doretha Dorian Dorina Dorinda \
        Doris Dorota Doroteja Dorothea Dorothee Dorothy Dorothée Dorris Dortha Dorthy Dottie Doug Douglas Dovie \
        Dovile Dovilė Dovydas Doyinsola Doyle Draga Dragan Dragica Drago Dragutin Drahomira Drahomíra Drahoslav \
        Drahoslava Draupadi Drazen Dražen Drishti Drupad Duane Duarte Dudley Duje Dulce Duncan Duong Durab Durdica \
        Durga Duro Durodola Dusan Dustin Duyen Duyên Dušan Dwayne Dwight Dylan Dzidra Dzintars Dzintra Dávid Débora \
        Dóra Dārta Dāvis Dương Eamon Eamonn Earlene Earline Earnestine Easter Ebba Ebbe Ebuka Eda Edda Eddie Edel \
        Eden Edgar Edgaras Edgars Edhitha Edie Edita Edite Edith Edmond Edmund Edmunds Edna Edouard Eduard Eduarda \
        Eduardo Eduards Edvard Edvardas Edvin Edvinas Edvins Edvīns Edward Edwin Edwina Edythe Edīte Eesaa Eesha \
        Eeva Effie Efrain Egidijus Egil Egils Egle Eglė Egon Ehan Ehsaas Ehsan Eidvile Eidvilė Eijaz Eileen Eilis \
        Eilish Eimantas Eimear Eimer Einar Eiravati Eirik Eivind Ejaz Ejlaal Ekaja Ekalinga Ekani Ekansh Ekanta \
        Ekantika Ekapad Ekaraj Ekavir Ekbal Ekene Ekiya Eklavya Ekta Ekundayo Ela Elaf Elaine Elba Elbert Elda \
        Eldon Eleanor Eleanore Elena Elenor Eleonora Eleonore Elfriede Eli Elia Eliana Elias Elida Elif Elijah Elin \
        Elina Eline Elinor Elis Elisa Elisabet Elisabeth Elise Eliseo Elisha Eliska Elissa Elita Eliza Elizabeta \
        Elizabete Elizabeth Elizebeth Eliška Ella Ellen Elli Ellie Ellinor Elliot Elliott Ellis Elly Elma Elmars \
        Elmer Elmo Elmārs Elna Elnora Eloa Eloah Elodia Elodie Eloisa Eloise Elouise Eloy Eloá Elsa Elsie Elton \
        Elva Elvia Elvin Elvira Elvis Elvíra Elvīra Elwood Elyse Elza Elzbieta Elías Elīna Elżbieta Ema Emanuel \
        Emanuela Emanuella Emanuelly Emeka Emelie Emer Emerson Emil Emile Emilia Emilian Emiliano Emilie Emilija \
        Emilio Emilis Emilly Emils Emily Emin Emma Emmanuel Emmanuelle Emmet Emmett Emmi Emmy Emory Emran Emília \
        Emīlija Emīls Enda Ene Enid Eniola Enrico Enrika Enrique Enriqueta Ensio Enzo Eoghan Eoin Eric Erica Erich \
        Erick Ericka Erik Erika Erikas Eriks Erin Erkki Erlinda Erling Erma Ermanis Erna Ernest Ernestas Ernestina \
        Ernestine Ernesto Ernests Ernie Ernst Errol Ervin Erwin Eryk Erzsebet Erzsébet Esfandyar Eshan Eshana \
        Esmeralda Espen Esperanza Essie Esteban Estefania Estefanía Estela Estella Estelle Estera Esther Estrella \
        Esupofo Eszter Ethan Ethel Etienne Etizaaz Etta Eugen Eugene Eugenia Eugenio Eugène Eula Eulalia Eunice \
        Eusebia Eva Evaldas Evalds Evan Evangelina Evangeline Evelia Evelina Eveline Evelyn Evelyne Evelína Everett \
        Evert Evette Evi Evie Evija Evita Evonne Evy Ewa Ewatomi Ewelina Ezio Ezra Fabia Fabian Fabiana Fabienne \
        Fabio Fabiola Fabrice Fabrizio Fadekemi Faderera Fahmi Faizan Falak Falan Falguni Fannie Faqid Faraj Faras \
        Farhan Fariq Faris Fatima Fatma Faustas Fausto Fay Faye Fazli Feargal Fearghal Federico Fedor Fehintola \
        Felecia Felicia Felicita Felicitas Felipa Felipe Felix Ferdinand Ferenc Fergal Fergus Fernanda Fernando \
        Fibikemi Fidel Fidvi Fikayomi Filip Filipa Filipe Filippa Filippo Filomena Finbar Finn Fintan Fiona \
        Fionnuala Fitan Fiyaz Flavia Flavio Flemming Fletcher Flor Florencia Florentin Florentina Florian Florina \
        Florine Flossie Floy Floyd Folashade Folu Foolkumari Forrest Fortunata Frado Fran Frances Francesca \
        Francesco Francine Francis Francisca Francisco Franciska Franciszek Franck Franco Francois Francoise Franjo \
        Frankie Franklin Frans Frantisek Frantiska František Františka Franz Franziska François Françoise Fred \
        Freda Freddie Freddy Frederic Frederick Frederico Frederik Frederique Fredo Fredrick Fredrik Freida Freja \
        Freya Fricis Frida Fridolin Frieda Friedrich Fritz Frode Fryderyk Frédéric Frédérique Fuma Fábio Félix \
        Gabino Gabor Gabriel Gabriela Gabriele Gabrielius Gabriella Gabrielle Gabrielly Gael Gaetano Gagan \
        Gagandeep Gaida Gail Gaja Gajanand Gajendra Galen Galina Ganesh Ganga Gangesh Gangotri Gareth Gargi Garima \
        Garrett Garry Gary Gaspar Gatis Gaurang Gaurangi Gaurav Gauri Gaurika Gaurish Gautam Gautami Gavin Gayathri \
        Gayatri Gaye Gayla Gayle Gbadebo Gbolahan Gbowoade Gederts Gediminas Geeta Geetanjali Geetika Geir Gemma \
        Gena Genaro Genevieve Geneviève Genovefa Genoveva Geoffrey Georg George Georges Georgette Georgiana \
        Georgianna Georgie Georgina Gerald Geraldine Gerard Gerardo Gerd Gerda Gerhard Geri Germaine German Germán \
        Geronimo Gerri Gerry Gert Gertie Gertrud Gertrude Gerónimo Ghaalib Ghaazi Ghaffaar Ghafoor Ghaith Ghalib \
        Ghanee Ghanem Ghannam Ghasaan Ghauth Ghawth Ghayoor Ghazalan Ghazanfar Ghazanfer Ghazawan Ghazi Ghazzal \
        Ghiyaath Ghiyath Ghufran Ghulaam Ghulam Ghunayn Ghusharib Ghusun Ghutayf Giacomo Gianni Giedre Giedrius \
        Giedrė Gil Gilbert Gilberto Gilda Gilles Gillian Gina Ginny Gino Gintare Gintarė Giorgio Giovanna Giovanni \
        Girik Girindra Giriraj Girish Gisela Gitte Giulia Giuliano Giuseppe Giuseppina Gladys Glenda Glenn Glenna \
        Gloria Goda Gohar Goldie Gomed Goncalo Gonzalo Gonçalo Gopal Gopi Goran Gordana Gordon Gosta Govardhan \
        Govind Govinda Gracie Graciela Grady Graeme Graham Grainne Graziella Greg Gregg Gregoire Gregor Gregoria \
        Gregorio Gregory Greta Gretchen Grete Grethe Grieta Griselda Gro Grover Grzegorz Grégoire Grégory Grēta \
        Guadalupe Guddoo Gudiya Gudrun Guido Guilherme Guillaume Guillermina Guillermo Gulab Gulfaam Gulfam Gulshan \
        Gulzar Gunars Gunbir Guneet Guney Gunhild Gunilla Gunita Gunja Gunjan Gunn Gunnar Gunta Guntars Guntis \
        Gunārs Gus Gussie Gustaf Gustas Gustav Gustavo Gustaw Gwen Gwendoline Gwendolyn Gyanendra Gyorgy Gyte Gytis \
        Gytė Gyula György Gábor Gérard Göran Gösta Hadassa Hai Hailey Hakan Hakon Hal Haley Halima Hallie Hamsika \
        Hamsini Hamza Hana Hanh Hanna Hannah Hanne Hannele Hannes Hannu Hans Hansika Hansini Hanss Hansvi Hanuman \
        Harald Hardik Hari Harihar Harijs Harika Harinakshi Harini Haripriya Harish Harishankar Harishchandra \
        Harita Harlan Harley Harnail Harold Harri Harriet Harriett Harriette Harris Harrison Harry Harsha Harshad \
        Harshal Harshil Harshini Harshit Harshita Harshvardhan Harvey Hasan Hassan Hattie Haushila Havard Havisha \
        Havya Haydee Hayden Hayley Hazeem Hedda Hedvika Hedwig Hege Heidi Heikki Heinrich Heitor Helen Helena \
        Helene Helga Helge Hellen Hellena Heloisa Heloísa Helēna Hema Hemal Hemang Hemangini Hemani Hemant Hemlata \
        Hendrik Henning Henri Henrieta Henrietta Henriette Henrik Henriks Henrique Henry Herbert Heriberto Herlinda \
        Herman Hermanis Hermelinda Hermina Herminia Hermína Hernan Hernán Hester Hilary Hilda Hilde Hildegard \
        Hillary Hillevi Hilma Himadri Himani Himansh Himanshi Himanshu Himesh Hiral Hiram Hitesh Hoang Holger Holli \
        Hollie Hollis Hong Honore Honoré Horace Horacio Hortencia Hortense Hortensia Horymir Horymír Howard Hoàng \
        Hredhaan Hritik Hrvoje Hubert Hugh Hugo Hugues Hulda Humberto Huong Hussein Huy Huzaifa Hynek Håkan Håkon \
        Håvard Hélène Hương Hạnh Hải Hồng Iain Ian Iara Ibaad Ibidapo Ibironke Ibraaheem Ibraheem Ibrahim Ida \
        Idella Idika Idrees Idris Iesa Ieva Ifeanyi Ifechukwu Ifeoma Iftikhaar Iftikhar Ifunanya Ige Ignac Ignacio \
        Ignacy Ignas Igne Ignác Ignė Igor Igors Ihab Ihsaan Ihsan Ihtesham Ihtiram Ihtishaam Ihtsham Ijaya Ijli Ika \
        Ikbal Ikenna Ikeoluwa Ikhlaas Ikraam Ikramah Ikrimah Ikshita Ila Ilan Ildiko Ildikó Ileana Ilene Ilga Ilias \
        Ilija Ilmari Ilmars Ilmārs Ilona Ilse Ilyas Ilze Ima Imants Imaran Imelda Imke Imogene Imre Ina Inara Inaya \
        Indali Indira Indra Indrajit Indraneel Indrani Indrasen Indre Indrek Indresh Indrikis Indriķis Indrė Indu \
        Indumati Ines Inese Ineta Inez Inga Inge Ingeborg Ingegerd Ingemar Inger Ingmar Ingrid Ingrida Ingrīda \
        Inguna Ingvar Inioluwa Inkeri Inta Inès Inés Inês Ināra Iola Iolanda Iona Ione Ira Iren Irena Irene \
        Iretioluwa Irina Irja Irma Irmantas Irmeli Irvin Irving Irwin Irya Irén Irēna Isa Isaac Isabel Isabela \
        Isabell Isabella Isabelle Isabelly Isadora Isaiah Isaque Iseoluwa Isha Ishaan Ishan Ishani Ishanvi Ishika \
        Ishita Ishola Ishwar Isidro Isis Ismael Ismail Issac Istvan István Iva Ivan Ivana Ivanka Ivar Ivars Iveta \
        Ivette Ivica Ivka Ivo Ivona Ivonne Iván Iwo Iyabode Iyadunni Izaaz Izabela Izabele Izabelė Izidor Jaabir \
        Jaafar Jaakko Jaan Jaanus Jabbaar Jabir Jabr Jacek Jacinta Jacinto Jack Jackie Jacklyn Jackson Jaclyn Jacob \
        Jacobo Jacque Jacquelin Jacqueline Jacquelyn Jacques Jacquline Jad Jadranka Jafar Jafet Jaffer Jagannath \
        Jagat Jagdeesh Jagdish Jagrati Jagriti Jagvanti Jagvi Jahangir Jahanzeb Jahdami Jahdari Jahiz Jahm Jai \
        Jaime Jairaj Jaka Jake Jakob Jakobs Jakov Jakub Jalaal Jalaj Jalal Jalees Jalil Jalsa Jamaal Jamal Jameel \
        James Jami Jamie Jamil Jamila Jamunadas Jan Jana Janaki Janani Janardan Jane Janeen Janel Janell Janelle \
        Janet Janette Janhvi Jani Janice Janie Janina Janine Janis Janja Janki Janko Janmejay Janna Janne Jannette \
        Jannie Jannis Janos Januja Janya Jaqueline Jared Jari Jarl Jarlath Jarmila Jaromir Jaromír Jaroslav \
        Jaroslava Jarrod Jarvis Jasmin Jasmina Jasminka Jasmit Jasna Jason Jatashankar Jatin Javier Javitri Jawahar \
        Jaya Jayant Jayanti Jayesh Jayme Jayne Jayprakash Jayshree Jayson Jazeps Jean Jeana Jeanetta Jeanette \
        Jeanie Jeanine Jeanna Jeanne Jeannette Jeannie Jeannine Jedrzej Jeet Jeetendra Jeetesh Jeetu Jeevika Jeff \
        Jefferson Jeffery Jeffrey Jeffry Jekabs Jekaterina Jekaubs Jele Jelena Jemma Jena Jenelle Jenifer Jeniffer \
        Jenna Jenni Jennie Jennifer Jenny Jens Jerald Jeremi Jeremiah Jeremias Jeremy Jeremías Jeri Jermaine Jerome \
        Jeronimo Jerri Jerry Jerzy Jerónimo Jesica Jesper Jess Jesse Jessica Jessie Jesus Jesús Jevgeni Jewell \
        Jezups Jhalak Jill Jillian Jim Jimmie Jimmy Jindrich Jindriska Jindřich Jindřiška Jiri Jirina Jitka Jiřina \
        Jiří Joachim Joakim Joan Joana Joanie Joann Joanna Joanne Joao Joaquim Joaquin Joaquín Jocelyn Jodi Jodie \
        Jody Joe Joel Joelle Joellen Joesph Joey Johan Johana Johann Johanna Johanne Johannes Johans John Johnathan \
        Johnathon Johnna Johnnie Johnny Jokubas Jokūbas Jolana Jolanda Jolanta Jolene Jon Jonas Jonatan Jonathan \
        Jonathon Joni Jonna Jonnie Jonáš Jorge Jorgen Joris Jorune Jorunn Jorūnė Jose Josef Josefa Josefin Josefina \
        Josefine Joseph Josephina Josephine Josette Joshua Josiane Josie Josip Josipa Josko Joso Josue Josué José \
        Joséphine Jovita Joyce Joycelyn Jozef Jozo Jozsef João Joël Joëlle Joško Juan Juana Juanita Jude Judi Judit \
        Judita Judith Judy Juha Juhani Juhi Jukka Jula Jule Jules Juli Julia Julian Juliana Juliane Julianna \
        Julianne Julie Julien Juliet Julieta Juliette Julija Julijana Julijs Julio Julita Julius Juliusz Jung \
        Juozas Juraj Jure Jurgita Juri Juris Justas Justin Justina Justinas Justine Justus Justyna Juwon Jwala \
        Jyoti Jyotiraditya Jyotsana Ján János Jérémy Jérôme Jéssica Józef József Jörgen Jørgen Jüri Jānis Jāzeps \
        Jēkabs Jēkaubs Jędrzej Jūla Jūle Jūlija Jūlijs Kaamil Kaarina Kaashif Kaavya Kaazim Kabeer Kabir Kachela \
        Kacper Kadri Kafeel Kai Kailash Kaique Kaiser Kaitlin Kaitlyn Kaj Kaja Kajal Kajetan Kajji Kajol Kajus Kala \
        Kalavati Kalbi Kaleem Kaleema Kalervo Kalevi Kalicharan Kalina Kalishankar Kalle Kalloo Kalpana Kalpit \
        Kalyani Kamal Kamala Kamalashankar Kami Kamil Kamila Kamilly Kamini Kamlesh Kamran Kamya Kanak Kanaklata \
        Kanakprasad Kanakpratap Kanchan Kangana Kanhaiya Kanta Kanti Kapil Kara Karaamat Karam Karan Kare Kareem \
        Karel Karen Kari Karim Karin Karina Karissa Karl Karla Karlina Karlis Karlo Karlīna Karn Karol Karoliina \
        Karolina Karoline Karolis Karolína Karon Karrie Karsten Kartik Kartikeya Karuna Karyn Kasam Kasey Kashan \
        Kashi Kashif Kashika Kashinath Kashish Kashvi Kashyap Kasim Kaspar Kaspars Kasper Kassandra Kata Katalin \
        Katariina Katarina Katarína Katarīna Kate Katelyn Katerina Kateřina Katharina Katharine Katherina Katherine \
        Katheryn Kathi Kathie Kathleen Kathrine Kathryn Kathy Kati Katica Katie Katina Katja Katrin Katrina Katrīna \
        Katy Kaushal Kaushalya Kaushik Kaushiki Kauthar Kaveri Kavindra Kavita Kavya Kawkab Kawthar Kay Kaye Kayla \
        Kaylee Kayleigh Kaysan Kazi Kazim Kazimierz Kedar Kedarnath Keely Keisha Keith Keji Kelechi Kelley Kelli \
        Kellie Kelly Kelsey Kelvin Kemal Kendall Kendra Kendrick Kenneth Kenny Keri Kermit Kerri Kerrie Kerry \
        Kerstin Kesari Kesha Keshav Keshia Kestutis Ketki Kevim Kevin Keya Keyaan Khaalid Khaan Khadija Khoa \
        Khushboo Khushi Khyati Kia Kiaan Kian Kiara Kieran Kikelomo Kilian Killian Kim Kimberlee Kimberley Kimberly \
        Kipras Kira Kiran Kirby Kirk Kirsten Kirstin Kirsty Kirti Kisha Kishan Kishore Kjell Kjersti Kjetil Klara \
        Klaudia Klaudie Klaus Klement Klára Knut Kokila Kolawole Komal Konkana Konrad Konradus Konstantin Konstanty \
        Korede Kori Kornel Kornelia Kornelija Kosisochukwu Kotryna Koustubh Kripashankar Kris Krish Krisha Krishna \
        Krisjanis Kriss Krista Kristal Kristaps Kristen Krister Kristers Kristi Kristian Kristiana Kristie \
        Kristiina Kristijan Kristin Kristina Kristine Kristiāna Kristjan Kristoffer Kristopher Krists Kristupas \
        Kristy Kristyna Kristína Kristýna Krisztina Kriti Kritika Krišjānis Krišs Krystal Krystian Krystle Krystof \
        Krystyna Kryštof Krzysztof Ksawery Kumkum Kumud Kunal Kunti Kurt Kurtis Kush Kveta Kvetoslava Květa \
        Květoslava Kyara Kyla Kyle Kylie Kyllikki Kyong Kyra Kyung Kåre Kévim Kārlis Kęstutis Laban Labeeb Labib \
        Lacey Lada Ladislav Ladislava Ladli Ladonna Laeeq Laetitia Lahiah Laila Laimonis Laiq Lais Laith Lajita \
        Lajlaj Lajos Lakeisha Lakesha Lakeshia Lakisha Laksh Lakshit Lakshman Lakshmi Lakshya Lalbahadur Lalit \
        Lalita Lamar Lamont Lan Lana Landon Laqeet Laquita Lara Larisa Larissa Larry Lars Lashanda Lashawn Lashonda \
        Lasse Laszlo Lata Latanya Latasha Lateef Latif Latisha Latonia Latonya Latosha Latoya Latrice Latricia \
        Laura Laure Laureen Lauren Laurence Laurent Laurenz Lauretta Lauri Laurie Lauris Laurita Laurynas Lav \
        Lavanya Lavern Laverne Lavina Lavinia Lavisha Lavize Lavkush Lavon Lavonne Lavínia Lavīze Lawanda Lawrence \
        Laxmi Layth Laís Leah Leander Leandra Leandro Leann Leanna Leanne Leatrice Leeann Leela Leena Leif Leigh \
        Leila Leilani Leisa Leja Leke Lekha Lela Leland Lelia Lena Lene Leni Lenka Lennart Lenora Lenore Leo Leola \
        Leon Leona Leonard Leonardo Leone Leonel Leonhard Leonie Leonor Leonora Leons Leontina Leontine Leontīne \
        Leopold Leopoldo Leora Leos Leota Leoš Lere Leroy Lesa Lesley Leslie Lessie Lester Leta Letha Leticia \
        Leticija Letitia Lettie Letícia Levi Lewis Leyla Lia Liam Liana Liba Liban Libby Libni Libor Libuse Libuše \
        Lida Lidia Lidija Liene Liepa Liga Ligia Ligita Liisa Lila Lili Lilia Lilian Liliana Liliane Lilija Lilita \
        Lilla Lilli Lillian Lillie Lilly Limazah Lina Linas Linda Lindsay Lindsey Lindy Linh Linn Linnea Linnie \
        Linnéa Lino Linus Linwood Lionel Lipi Lipika Lisa Lisandro Lisbeth Lise Liselotte Lisette Lissette Liv \
        Livia Livio Liwia Liyaaqat Liyaqat Liz Liza Lizabeth Lizete Lizette Lizzie Ljiljana Ljubica Ljubov Ljudmila \
        Logan Lohit Loic Lois Lokendra Lola Lolita Lona Lonnie Lopa Lora Loraine Lorcan Loredana Loren Lorena \
        Lorene Lorenz Lorenza Lorenzo Loretta Lori Lorie Lorine Lorna Lorraine Lorri Lorrie Lotta Lotte Lottie Lou \
        Louann Louella Louie Louis Louisa Louise Lourdes Lourenco Lourenço Lovisa Lovre Lovro Lowell Loyd Loïc Loïs \
        Luan Luana Luann Luanne Luara Luay Lubomir Lubomír Lubos Luboš Luc Luca Lucas Lucca Luce Lucia Luciana \
        Luciano Lucie Lucien Lucija Lucila Lucile Lucille Lucinda Lucio Lucretia Lucy Lucía Ludek Ludmila Ludovic \
        Ludovica Ludvig Ludvik Ludvík Ludwig Luděk Luella Luigi Luis Luisa Luise Luiza Luka Lukas Lukasz Luke Lukáš \
        Lula Lulu Lumir Lumír Luna Lunna Lupe Lupita Luqmaan Luqman Lura Lut Lutf Lutfi Luther Luz Luís Luísa Lydia \
        Lydie Lyle Lyn Lynda Lyndsay Lyndsey Lynette Lynn Lynne Lynnette László Léo Léon Lívia Lúcia Lýdie Lėja \
        Lība Līga Līna Līza Lūcija Maahir Maajid Maalik Maanas Maanav Maarit Maawiya Maaz Maazin Mabad Mabel Mable \
        Maciej Mack Mackenzie Macs Madalena Madan Madani Madara Madeleine Madeline Madelyn Madge Madhav Madhavi \
        Madhavrao Madhu Madhulika Madhur Madhuri Madhurima Madhusoodan Madison Madiyan Madonna Madri Madyan Mae \
        Maeve Mafalda Magda Magdalena Magdalene Magdaléna Magdolna Maggie Magne Magnus Mahad Mahadevi Mahalakshmi \
        Mahavir Mahaz Mahbeer Mahboob Mahbub Mahdee Mahdi Mahdy Maheen Maheep Maher Mahesh Maheshwari Mahfooz \
        Mahfuj Mahfuz Mahika Mahima Mahja Mahmood Mahmoud Mahmud Mahua Mahulena Mai Maida Maie Maija Maire Mairead \
        Maite Maithili Maitri Maitê Maj Maja Majd Majdi Majdy Majeed Majken Majorie Makeen Maks Maksim Maksymilian \
        Mala Malachy Malcolm Malena Malik Malika Malin Malinda Malini Malissa Malle Mallory Malte Malti Malwina \
        Mamie Mamta Mamun Manan Manas Manbir Manda Mandakini Mandavi Mandi Mandira Mandy Manfred Manibhushan \
        Manikarnika Manikram Manish Manisha Manishankar Manjari Manjesh Manju Manjula Manjunath Manjushree Manmohan \
        Manohar Manoj Manon Manorama Mansa Mansi Mantas Mante Manthan Mantė Manu Manuel Manuela Manuella Manus \
        Manya Mara Maranda Marc Marcel Marcela Marcelina Marcelino Marcella Marcelle Marcelo Marci Marcia Marcie \
        Marcin Marcio Marco Marcos Marcus Marcy Marek Mareks Maren Margaret Margareta Margarete Margaretha \
        Margarette Margarida Margaud Margaux Marge Margery Margie Margit Margita Margo Margot Margret Margrieta \
        Marguerite Margus Mari Maria Mariah Mariam Marian Mariana Mariane Mariann Marianna Marianne Mariano Maribel \
        Marica Maricela Marie Marietta Marija Marijan Marijana Marika Marilee Marilyn Marilynn Marin Mario Marion \
        Maris Marisa Marisela Marisol Marissa Marit Marita Marite Maritta Maritza Marius Mariusz Marja Marjan \
        Marjatta Marjorie Marjory Markandeya Markas Marketa Markku Marko Markus Markéta Marla Marlena Marlene \
        Marlon Marlyn Marlys Marnie Maroof Marquerite Marquita Marsha Marshall Marta Marte Martha Marthe Martim \
        Martin Martina Martine Marty Martynas Marutanjali Maruti Marva Marvin Mary Maryam Maryann Maryanne Marybeth \
        Maryellen Maryjane Marylin Marylou Maryse Massimo Matas Matea Matej Mateja Mateo Mateus Mateusz Matheo \
        Matheus Mathew Mathias Mathieu Mathilda Mathilde Mati Matias Matija Matilda Matilde Matiss Mato Matous \
        Matouš Matteo Matthew Matthias Matthieu Matti Mattia Mattias Mattie Matyas Matyáš Matěj Matīss Maud Maude \
        Maudie Maura Maureen Maurice Mauricio Maurine Maurizio Mauro Maurycy Mausami Mavis Maxime Maximilian \
        Maximiliano Maxine Maxwell Maya Mayank Maybelle Mayme Maynard Mayra Maysa Mayte Mayuri Maza Maža Meagan \
        Meaghan Meda Medeja Medėja Meelis Meena Meenu Meera Megan Megha Meghan Meghana Meghna Mehdi Mehmet Mehul \
        Mei Meike Mekhala Melania Melanie Melba Melina Melinda Melisa Melissa Melita Mellisa Mellissa Melodie Melva \
        Melvin Melvina Menaka Mercedes Meredith Merike Merle Merlin Merrill Mervin Metod Mette Mia Micael Micaela \
        Micah Micha Michael Michaela Michal Michaël Michał Micheal Michel Michele Michell Michelle Michèle Mieszko \
        Migdalia Migle Miglė Miguel Mihael Mihaela Mihaly Mihels Mihhail Mihika Mihkel Mihály Mijo Mika Mikael \
        Mikaela Mike Mikelis Mikels Mikkel Mikko Mikolaj Mikołaj Mikulas Mikuláš Mila Milada Milagros Milana Milda \
        Mildred Milena Milica Milind Milka Milla Millard Millicent Millie Milo Milos Miloslav Miloslava Milosz \
        Miloš Milton Miluse Miluše Mimansa Mimi Mina Minakshi Mindaugas Mindy Minerva Minh Minna Minnie Mira \
        Miranda Mirco Mirdza Mireille Mirella Mireya Miriam Mirja Mirjam Mirjana Mirko Mirna Miro Miroslav \
        Miroslava Mirta Mislav Missy Misti Mitali Mitchel Mitchell Mitesh Mithilesh Mithun Mittie Mitzi Mizhir \
        Miķelis Miłosz Mladen Modesta Modesto Modris Modupe Mofifoluwa Mohamed Mohammad Mohammed Mohan Mohini Mohit \
        Moira Moises Mojisola Mojisoluwa Mojmir Mojmír Mollie Molly Mona Moni Monica Monika Monique Monroe Monte \
        Monty Monu Moradeke Morayo Morena Morenike Moritz Morolake Morris Morten Moses Mosunmola Motunrayo Mourib \
        Moyosore Mozelle Mridula Mrityunjay Mudita Mudrika Mugdha Muhallil Muhammad Muhazzim Mukti Mukul Mukund \
        Muni Munna Munni Murali Muriel Murilo Murlidhar Murray Mustafa Muzdahir Muzhir Myles Myra Myriam Myrna \
        Myron Myrtis Márcio Mário Märta Mélanie Mónica Mónika Māra Māris Mārīte Naadir Naail Naajy Naasih Naasir \
        Naathim Naazhim Nabeeh Nabeel Nabhan Nabigh Nabih Nabil Nachiket Nada Nadeem Nadezda Nadežda Nadhir Nadia \
        Nadim Nadin Nadine Nadja Nadr Naděžda Naeem Nafasat Nafees Nafesa Nafis Nageena Nagendra Nagesh Naglis \
        Naiara Naib Naim Naina Nair Naitik Najair Najam Najeeb Nakia Naksh Nakul Nalini Nam Namrata Nan Nana Nanci \
        Nandan Nandini Nandita Nandkishor Nandu Nanette Nanna Nanni Nannie Naoise Naomh Naomi Narad Narayan \
        Narayani Narcisa Narendra Narmada Natalia Natalie Natalija Natalja Natan Natanael Nataniel Natasa Natascha \
        Natasha Natasza Nataša Nath Nathalie Nathan Nathaniel Natividad Natwar Natália Natálie Natālija Naveen \
        Navneet Navya Nayantara Neal Ned Nedas Nedra Neel Neelima Neeloo Neeraj Neerja Neeroo Neeru Neeta Neeti \
        Neetoo Neha Neil Nela Nelda Nell Nella Nellie Nelly Nelson Nenad Nereida Nerijus Neringa Nestor Netra \
        Nettie Neva Nevenka Ngoc Ngozi Ngọc Nhat Nhien Nhiên Nhật Niall Niamh Nichola Nicholas Nichole Nick Nicki \
        Nicklas Nickolas Nico Nicola Nicolai Nicolas Nicole Nicolás Nidhi Nidia Nidra Niels Nigel Nihal Niharika \
        Niina Nika Nikhil Niki Nikita Nikki Niklas Niko Nikodem Nikol Nikola Nikolai Nikolaj Nikolajs Nikolas \
        Nikolaus Nikoletta Nikolina Niks Niksa Nikša Nila Niladri Nilakshi Nilda Nilesh Nilima Nils Nimish Nimisha \
        Nimrat Nina Nino Niranjan Nirbhay Nirja Nirmal Nirmala Nisa Nisha Nishant Nishi Nishtha Nishu Nita Nitara \
        Nitesh Nitika Nitin Nitish Nitisha Nitya Nityanand Nivedita Niyati Niyilolawa Nkiruka Nnamdi Nneka Noa Noah \
        Noe Noelia Noelle Noemi Noemí Nojus Nola Nolan Nona Nonso Noor Nootan Nora Norah Norbert Noreen Norma \
        Norman Normunds Norris Noé Noémi Noëlle Nripendra Nuala Nuno Nupur Nuria Nydia Nádia Nóra Núria Oba Obaid \
        ObaniJesu Obianuju Obinna Oceane Octavia Octavio Océane Oda Odell Odette Odika Oeshi Ofelia Ogechi Ogooluwa \
        Oisin Ojas Ojasvi Oke Okechukwu Ola Oladare Oladimeji Olaf Olakunle Olanrewaju Olansile Olav Olavi Oldrich \
        Oldřich Ole Oleg Oleta Olga Olgerts Olgierd Olimpia Oliver Olivia Olivie Olivier Olivija Oliwier Olle Ollie \
        Olof Olov Oluchi Olumorotimi Oluwafemi Oluwagbemiga Oluwamuyiwa Oluwasanmi Oluwasegun Oluwole Olívia Oma \
        Omair Omaja Omar Omeir Omisha Omkaar Omkar Omobobola Omotayo Omprakash Omran Omya Ona Ondrej Ondřej Oni \
        Onkar Onveer Onyinye Oonagh Ophelia Ora Oralia Orestas Orinder Orla Orlaith Ornella Orville Orvokki Osama \
        Oscar Osha Oskar Oskari Oskars Osman Ossama Osunleke Osvaldo Osvalds Otakar Otavio Otilia Otilija Otis Oto \
        Otto Otylie Otávio Otýlie Otīlija Ove Oviya Owais Owen Oxana Oystein Oyvind Ozioma Oļģerts Paankhi Pablo \
        Padma Padmaja Padmavati Padmini Padraic Padraig Pahal Paivi Palak Palash Palki Pallav Pallavi Paloma Pam \
        Pamala Pamela Panchali Panini Pankaj Paola Paolo Parinita Pariniti Paritosh Parker Parmanand Parmeshwar \
        Parsa Parth Parthivi Parul Parvati Parvez Pascal Pascale Pascual Pasquale Patric Patrica Patrice Patricia \
        Patricie Patricio Patrick Patrik Patrizia Patryk Patrícia Patti Pattie Paul Paula Paulette Pauliina Paulina \
        Pauline Paulius Paulo Pauls Paulīna Pauric Pavan Pavani Pavao Pavel Pavla Pavlina Pavlína Pawel Paweł Payal \
        Peadar Pearlie Pearline Pearse Peder Pedro Peeter Peggie Peggy Pekka Penelope Percy Perla Pero Perry \
        Pervaiz Petar Pete Peter Peteris Petr Petra Petras Petri Petronela Petter Petteri Phil Philip Philipp \
        Philippe Philippine Phillip Phillis Philomena Phuc Phuong Phylis Phyliss Phyllis Phúc Phương Pia Pierre \
        Pietra Pietro Pijus Pilar Pinaka Piotr Piret Pirjo Piyush Polly Pooja Poonam Poornima Porfirio Portia \
        Povilas Prabha Prabhakar Prabhavati Prachi Pradeep Pradyuman Prafull Pragati Pragya Prajjwal Prakash \
        Prakhar Pramad Pramila Pramod Pranav Pranay Praneel Pranit Pranita Pranjal Prashansa Prashant Prasoon \
        Pratap Prateek Prateeksha Prathamesh Pratibha Pratigya Pratiksha Pratima Pratyasha Pratyush Pratyusha \
        Praveen Prayag Preetam Preeti Preksha Prem Premchand Premlata Premnarayan Premnath Premprakash Premshankar \
        Premysl Prerna Preston Preyash Pricilla Priit Priscilla Prisha Priti Pritika Pritish Priya Priyadarshini \
        Priyali Priyamvada Priyanka Priyanshi Przemyslaw Przemysław Puja Puneet Purva Purvi Pushkar Pushpa Pushti \
        Päivi Pénélope Pía Pēteris Přemysl Qaadir Qaasim Qabeel Qabil Qadar Qadeer Qadi Qadim Qahtan Qaim Qais \
        Qamar Qani Qanit Qareeb Qarin Qaseem Qasid Qasif Qasim Qatadah Qawee Qays Quadir Quang Qudamah Quddoos \
        Qudoos Quentin Quincy Quinton Qurban Qusay Qushi Qutaybah Qutb Qutub Raaghib Raagini Raahil Raakin Raamis \
        Raamiz Raashid Raatib Rabah Rabar Rabb Rabbaanee Rabbani Rabee Rabiah Rabit Rachael Rachana Racheal Rachel \
        Rachelle Rachit Rachita Radek Radha Radharaman Radhee Radhika Radi Radim Radka Radomir Radomír Radoslav \
        Radoslaw Radosław Radovan Radvile Radvilė Rae Raed Raees Rael Rafael Rafaela Rafal Rafan Rafay Rafał Rafee \
        Rafeek Rafeeq Rafi Rafiq Raghav Raghavendra Raghavi Ragheb Raghib Raghu Ragini Ragna Ragnar Ragnhild Rahat \
        Raheel Raheem Rahul Raimonds Raisa Raivis Raivo Raj Rajan Rajani Rajat Rajata Rajeev Rajendra Rajesh \
        Rajeshri Rajeshwar Rajkumar Rajnath Rajnish Rajshree Raju Rajyawardhan Rakesh Rakhi Raksha Rakshit Rakshita \
        Ralf Ralph Rama Ramashankar Ramayan Rambha Ramchandra Ramdev Ramdhari Ramesh Raminta Ramiro Ramnarayan \
        Ramnik Ramon Ramona Ramprasad Rampyare Ramunas Ramune Ramunė Ramón Ramūnas Rana Ranbir Randal Randall Randi \
        Randolph Rangnath Rani Ranjan Ranjana Ranveer Raphael Raphaël Raquel Rasa Rashi Rashika Rashmi Rasma Rasmus \
        Ratan Rati Ratnakar Ratnesh Raul Raushan Ravi Ravinder Ravindra Ravishankar Ravy Rayaan Rayan Raymond Raúl \
        Reba Rebeca Rebecca Rebeka Rebekah Reda Reece Reet Reeta Reggie Regina Reginald Regína Regīna Rehaan Reidun \
        Reina Reinaldo Reinhold Reinis Rekha Remy Rena Renae Renan Renata Renate Renato Rene Renee Renita Renáta \
        René Renée Reshama Reta Retha Reuben Reva Revati Rex Reyansh Reyna Reynaldo Reza Rhavi Rhiannon Rhoda \
        Rhonda Rhys Ria Ricarda Ricardas Ricardo Ricards Richa Richard Richelle Rickard Rickey Rickie Ricky Rico \
        Riddhi Ridheekaran Ridhi Ridhima Rigoberto Rihards Riina Riitta Riley Rimante Rimantė Rimjhim Rimsha Rina \
        Rinkesh Risha Rishabh Rishi Rishikesh Rishu Rita Ritesh Riti Ritika Ritu Ritva Riya Ričardas Ričards Robbie \
        Robbin Robby Robert Roberta Robertas Roberto Roberts Robyn Rocco Rochelle Rocio Rocío Roderick Rodger \
        Rodney Rodolfo Rodrigo Rogelio Roger Rohaan Rohan Rohini Rohit Roisin Rojus Rokas Roko Roksana Roland \
        Rolandas Rolando Rolands Rolf Roma Romain Romana Romano Romeo Romina Romona Romuald Romualdas Romy Ron Rona \
        Ronald Ronan Ronda Ronith Ronja Ronnie Ronny Roopa Roosevelt Rory Rosa Rosalba Rosalee Rosalia Rosalie \
        Rosalina Rosalind Rosalinda Rosalva Rosalyn Rosanna Rosanne Rosaria Rosario Rosaura Roscoe Roseann Roseanna \
        Roseanne Rosella Roselyn Rosemarie Rosetta Roshan Rosie Rosina Rosita Roslyn Ross Rostislav Rowan Rowena \
        Roxana Roxane Roxann Roxanna Roxanne Roxie Roy Royce Roza Rozalia Rozalija Rozália Ruairi Ruben Rubye Rubén \
        Ruchi Ruchika Ruchir Rudi Rudite Rudolf Rudolfs Rudolph Rudra Rudranath Rudy Rudīte Rufino Rufus Rugile \
        Rugilė Rui Rukmini Rumpa Runjhun Rupa Rupali Rupanjali Rupesh Rushil Rusne Rusnė Russel Russell Rusul Ruta \
        Rute Ruth Ruthann Ruthie Ruwaihim Ruza Ruzena Ruzica Ruža Ružica Ryan Ryszard Ryte Rytis Rytė Rémy Róbert \
        Róża Rúben Rūdolfs Rūta Růžena Saabir Saad Saadat Saadiq Saafir Saahir Saaiq Saajid Saal Saalih Saalim \
        Saanvi Saaqib Saariyah Sabah Sabahat Sabbir Sabeeh Sabil Sabina Sabine Sabiq Sabir Saboor Sabri Sabrina \
        Sabur Saburah Sabína Sacchidanand Sacha Sachi Sachin Sadan Sadaqat Sadeed Sadhana Sadie Sagar Sagarika \
        Sahdev Sai Saim Sair Sairah Sajan Sajjan Sakari Saket Saksham Sakshi Sallie Salma Salome Salomé Saloni \
        Salvador Salvatore Sam Samaksh Samama Samanata Samanta Samantha Samar Samarth Samatha Sameeksha Sameer \
        Sameet Samesh Sami Samir Samira Sammie Sammy Sampada Samraggi Samu Samuel Sanatan Sanaya Sandeep Sandhya \
        Sandi Sandis Sandor Sandra Sandrine Sandro Sanford Sangeet Sangeeta Sanidhya Sanita Sanja Sanjana Sanjay \
        Sanjeet Sanjeev Sanjuana Sanjuanita Sankalp Sanna Sanne Sanskriti Santa Santanika Santos Santosh Santoshi \
        Sanya Saood Sapa Sapna Sara Sarah Saras Saraswati Sarika Sarita Sarka Sarmite Sarmīte Saroj Sarojini \
        Sarthak Sarunas Sarvesh Sasa Sasha Saskia Sathvik Satish Satyam Satyaprakash Saul Saulius Saumya Saundra \
        Saurabh Saurav Savita Savitri Saša Scarlett Scot Scott Scotty Seamus Sean Sebastian Sebastiano Sebastiao \
        Sebastien Sebastián Sebastião Seema Seeta Selena Selina Selma Sepp Seppo Serafina Serena Sergei Sergej \
        Sergey Sergio Seth Severin Severino Seye Shaguun Shailendra Shailesh Shailja Shaily Shakti Shakumbhari \
        Shakuntala Shalabh Shalini Shaloo Shambhavi Shambhu Shameka Shana Shanda Shane Shania Shankar Shanna \
        Shannan Shannon Shanon Shanta Shantanu Shante Shantel Shanti Shara Sharad Sharda Shari Sharla Sharlene \
        Sharon Sharonda Sharron Sharyn Shashank Shashikala Shashinath Shashwat Shatakshi Shatrughna Shaun Shauna \
        Shaurya Shawn Shawna Shayantani Shayla Shayna Sheela Sheena Sheetal Sheetala Sheetendra Shefali Sheila \
        Shekhar Shekoni Shelby Sheldon Shelia Shelley Shelli Shellie Shelly Sheree Sheri Sherie Sherita Sherman \
        Sherri Sherrie Sherrill Sheryl Sheshnath Shiela Shikha Shilpa Shilpi Shipra Shirlene Shirley Shishir Shiv \
        Shiva Shivaji Shivam Shivangi Shivani Shivansh Shivanshi Shivendra Shivesh Shivpoojan Shivshankar Shobha \
        Shona Shonda Shraddha Shravan Shravya Shreejesh Shreya Shreyansh Shreyash Shridevi Shrikant Shrinath \
        Shriram Shruti Shubh Shubham Shubhangi Shubhendu Shubhi Shuchi Shuchita Shweta Shwetank Shyamali Sian \
        Siddhant Siddharth Siddhi Sidney Sigita Signe Sigrid Sigurd Siim Sijuade Silas Silje Silke Silva Silvana \
        Silvester Silvia Silvie Silvija Silvio Simao Simas Sime Simen Simon Simona Simonas Simone Simran Simão \
        Sindre Sinead Sinikka Sinisa Siniša Sintija Siobhan Sirje Sissel Siti Siv Siya Skaidrite Skaidrīte Slavena \
        Slavica Slavko Slavomir Slavomír Slavěna Slobodan Smilte Smiltė Smita Smriti Sneha Snehlata Snigdha \
        Snjezana Snježana Socorro Sofia Sofie Sofía Soham Sohan Sohini Soledad Solomon Solveig Solvita Somadina \
        Somdatt Somesh Somtochukwu Sona Sonakshi Sonal Sonali Sonam Sondra Sondre Soni Sonia Sonja Sonu Sonya \
        Sophia Sophie Soraia Soraya Sorcha Soren Souma Soňa Spencer Srishti Stacey Staci Stacia Stacie Stacy Stan \
        Stana Stanislav Stanislava Stanislavs Stanislaw Stanisław Starla Staņislavs Stefan Stefani Stefania \
        Stefanie Stefanija Stefano Stefica Steinar Stela Stella Sten Stepan Stepanka Stephan Stephane Stephanie \
        Stephany Stephen Stephenie Steve Steven Stewart Stian Stig Stina Stine Stjepan Stuart Stuti Stéphane \
        Stéphanie Subhadra Subhash Subhashini Subodh Sudakshina Sudarshini Sudeeksha Sudesh Sudeshna Sudevi Sudha \
        Sudhakar Sudheendra Sudheer Sudhir Sudiksha Sugam Sugandha Suhani Suhas Suhasini Sujal Sujan Sujata Sujit \
        Sukriti Sukritika Sulabh Sulabha Sulekha Sulochana Suman Sumit Sumitra Sumukhi Sunaina Sunanda Sundar \
        Sundari Suneeta Suneeti Sunidhi Sunil Supriya Surabhi Suraj Surekha Surendra Suresh Suruchi Surya Suryakant \
        Suryakanti Suryaprakash Susan Susana Susann Susanna Susannah Susanne Sushant Susheela Sushil Sushma \
        Sushmita Susie Suyash Suzan Suzana Suzanna Suzanne Suzette Svatopluk Svatoslav Svea Svein Sven Sverre \
        Svetlana Světlana Swapnil Swara Swaraj Swaranjali Swati Sybil Sylvester Sylvia Sylvie Sylwia Synnove \
        Synnøve Szymon Sándor Sára Sébastien Sérgio Sören Taahaa Taahir Taaj Taalib Taamir Taanish Taariq Taban \
        Tabassum Tabatha Tabish Tabitha Tadas Tade Tadeas Tadeen Tadeusz Tadeáš Tafazal Tage Taha Tahawwur Taheem \
        Tahir Tahmaseb Tahmeed Tahmid Tahoor Tahseen Taial Taimur Taisir Taj Tajammal Tajammul Tajudinn Tajus Talal \
        Talat Talha Talhah Tali Talia Talib Tamam Tamanna Tamara Tamas Tameka Tamela Tamera Tami Tamika Tammi \
        Tammie Tammy Tamra Tamás Tana Tanay Tania Tanish Tanisha Tanishka Taniya Tanja Tanmay Tanmayi Tanu Tanuja \
        Tanushree Tanveer Tanvi Tanya Tapani Tapio Tara Tarak Tarfaan Tarika Tarmo Tarun Taruna Taryn Tasha Tatiana \
        Tatjana Tautvydas Tawana Tawanda Tawkeel Tawnya Taylor Ted Teddy Teerth Tejas Tejasvi Tejprakash Tejpratap \
        Tekla Tellervo Temidayo Tena Tenis Teodor Teodora Teodoro Teodors Tera Terence Teresa Terese Teresia \
        Teresita Teressa Tereza Terezia Terezija Teri Terje Terra Terrance Terrell Terrence Terri Terrie Terézia \
        Tess Tessa Tessie Thaddeus Thales Thanh Thao Thea Theda Thelma Theo Theodor Theodora Theodore Theodoro \
        Theophile Theresa Therese Theresia Thi Thiago Thibault Thibaut Thierry Thomas Thor Thurman Thuy Thành Théo \
        Théodore Théophile Thérèse Thảo Tia Tiago Tiana Tibor Tiffani Tiffanie Tiffany Tiina Tiit Tiiu Tillie Tim \
        Timea Timmy Timo Timotej Timoteo Timothee Timothy Timothée Tina Tindra Tirdad Tisha Tishk Titas Tiziana \
        Tiziano Tobias Tobiasz Toby Todd Toki Tokunbo Tola Tom Tomas Tomasa Tomasz Tomi Tomislav Tommie Tommy Tomo \
        Tomori Tomás Tomáš Toni Tonia Tonja Tonje Tonny Tonu Tony Tonya Toomas Torben Torbjorn Torbjørn Tori Torill \
        Torsten Tosha Tove Toya Tracey Traci Tracie Tracy Travis Trena Trent Trenton Tresa Tressa Treva Trevor \
        Tricia Triin Trina Trine Trinidad Tripti Tripurari Trisha Trista Tristan Triveni Triya Trond Trong Trudy \
        Truman Trung Trīne Trọng Tulika Tulsi Tung Turid Turvi Tushar Tuula Tuulikki Twila Twyla Tyler Tymon \
        Tymoteusz Tyra Tyrone Tyson Tõnu Tùng Ubaadah Ubadah Ubaid Ubaidah Ubay Ubayd Ubaydullah Ubika Ucchal Uche \
        Uchenna Udant Udarsh Uday Udayraj Uddhav Udit Udyati Ugne Ugnė Ugo Uhban Ujjwala Ujunwa Uldis Ulf Ulfat Uli \
        Ulla Ulle Ulrik Ulrika Ulrike Ulysses Uma Umaarah Umair Umakant Umang Umar Umashankar Unnati Unni Upadhriti \
        Upagya Upasana Upasna Upendra Upkaar Upma Urishilla Urjita Urmas Urmi Urmila Urrab Urshita Ursula Urszula \
        Urvashi Urvi Usha Utkarsh Uttam Vaagdevi Vaagishwari Vaani Vaclav Vada Vagn Vahar Vaibhav Vaida Vaidas \
        Vaidehi Vaishali Vaishnavi Vakare Vakarė Vakris Valarie Valda Valdemar Valdis Valentim Valentin Valentina \
        Valentino Valentín Valentína Valentīna Valeri Valeria Valerie Valerio Valija Vallabh Valorie Valter Valéria \
        Valérie Vamakshi Vance Vanda Vandana Vanesa Vanessa Vanja Vansha Vanshika Vanya Vardhaman Varenya Varsha \
        Vartika Varun Varuna Vasana Vasare Vasarė Vasatika Vasco Vashishth Vasudha Vasundhara Vasyl Vaughn Ved Veda \
        Vedang Vedant Vedhika Vedika Vedprakash Vedran Veena Vega Vegard Veikko Vejune Velda Veli Vello Velma Velta \
        Vendula Veneranda Venessa Venita Venus Vera Verda Verena Verla Vern Verna Vernell Verner Vernice Vernon \
        Veronica Veronika Veronique Verónica Vesna Vesta Vibha Vibhor Vibhuti Vicenta Vicente Vickey Vicki Vickie \
        Vicky Victoire Vida Vidar Vidhi Vidisha Vidur Vidushi Vidya Viesturs Vigilija Vignesh Vihaan Vija Vijay \
        Vijaya Vijendra Vikalp Vikas Vikki Vikram Vikrant Viktor Viktoria Viktorie Viktorija Viktors Viktória Vilas \
        Vilasrao Vilde Vilem Vilhelm Vilis Vilius Ville Vilma Vilnis Vilte Viltė Vilums Vilém Vimal Vimala Vinay \
        Vinaya Vinayak Vince Vincent Vincenza Vincenzo Vineet Vineeta Vineta Vinicius Vinod Vinícius Violeta \
        Violetta Vipin Vipul Viraj Virat Virendra Virgie Virgil Virgilio Virgina Virginie Vishakha Vishal Vishnu \
        Vishnukant Vishnupriya Vishwanath Vishwas Visvaldis Vit Vita Vitalija Vitezslav Vito Vitor Vitoria Vittorio \
        Vitória Vivaan Vivasvan Vivek Vivian Viviana Viviane Vividha Vivien Viļums Vjekoslav Vladimir Vladimira \
        Vladimír Vladimíra Vladislav Vladislavs Vlado Vlasta Vlastimil Vojtech Vojtěch Voldemars Voldemārs Vonda \
        Vratislav Vrinda Vrishti Vritti Vyanjana Vytautas Vyte Vytė Václav Véronique Vít Vítor Vítězslav Vėjūnė \
        Věra Waahid Waail Waajid Wadee Wadood Wafa Wafeeq Wafi Wafiq Wahab Wahb Wahban Waheed Wahhaab Wahhaaj Waida \
        Wakeeta Waldemar Wallace Walter Wanda Warda Warhi Warinder Warjas Watika Wayne Wazir Weldon Wenche Wendell \
        Wendi Wendy Werner Wesley Whitney Widisha Wiktor Wilbert Wilbur Wilda Wiley Wilfred Wilfredo Wilhelm \
        Wilhelmina Willa Willard William Williams Willie Willis Willy Wilma Wilmer Wilson Winfred Winifred Winnie \
        Winnifred Winona Winston Wishi Witold Wojciech Woodrow Wriddhish Wridesh Wyatt Xalak Xavier Xenia Xiomara \
        Xiti Xobeen Xuan Xuân Yaaseen Yachana Yadavi Yadid Yadira Yafi Yafir Yaghnam Yagnesh Yago Yahvi Yahya \
        Yahyaa Yaman Yamar Yameen Yamini Yamuna Yan Yannick Yaqeen Yaqoot Yaqub Yar Yara Yasaar Yaseen Yash \
        Yashasvi Yashaswi Yashawini Yashem Yashica Yashika Yashoda Yashodhara Yashvi Yashwant Yasin Yasir Yasmin \
        Yasmina Yasmine Yassin Yasti Yatan Yathrib Yatin Yauvani Yawar Yawer Yazan Yazeed Yeraz Yergha Yesenia \
        Yesoob Ylva Yngve Yochana Yogesh Yogita Yolanda Yong Yoshita Youssef Yrsa Yudhi Yug Yukta Yureed Yuri Yusuf \
        Yutika Yuvraj Yves Yvette Yvonne Zaafir Zaahid Zaahir Zaakir Zabir Zacarias Zacarías Zacharie Zachary \
        Zachery Zackariya Zaeem Zafar Zafeer Zafir Zafrul Zahaar Zaheer Zahi Zahir Zahra Zahri Zahrun Zahur Zaib \
        Zaid Zaira Zaitra Zakaria Zane Zaneta Zanis Zansi Zara Zarar Zarna Zashil Zauqi Zaweel Zayan Zayyan Zayyir \
        Zbynek Zbyněk Zdenek Zdenka Zdenko Zdeněk Zdeňka Zdislava Zdravko Zehaan Zelda Zeljka Zeljko Zella Zelma \
        Zemyna Zenaida Zenta Zerdad Zewad Zeynep Ziedonis Zigrida Zigrīda Zikmund Zilmil Zimran Zina Zinal Zita \
        Zivile Zlatko Zoe Zoey Zofie Zoila Zoltan Zoltán Zora Zoraida Zoran Zorka Zoé Zsolt Zsuzsanna Zuwayhir \
        Zuzana Zvonko Zygimantas Ágatha Ágnes Álvaro Ángela Ánh Áron Ângela Ângelo Åke Åsa Åse Édith Édouard \
        Élisabeth Élise Élodie Éléonore Émile Émilie Éric Érica Étienne Éva Ísis Óliver Óscar Øystein Øyvind Úrsula \
        Ülle Ādams Ādolfs Ārija Ąžuolas Đuro Đurđica Ērika Ēriks Ēvalds Ģederts Łukasz Šarūnas Šime Šimon Štefan \
        Štefanija Štefica Štěpán Štěpánka Šárka Žaneta Žanis Željka Željko Žemyna Živilė Žofie Žygimantas
        """

    /// Names that are words or places as well.
    static let ambiguous: StaticString = """
        Abbey Ada Adelaide Adélaïde Ales Alexa Alexandria Aleš Aline Alpha Amber Amir Angel Ani Ante Ants April Art \
        Asia August Aura Austin Autumn Barb Barney Basel Basil Beau Belle Bent Beryl Bill Birdie Blanch Blessing \
        Bob Bonnie Bonny Bozo Božo Brad Brain Brandy Brook Buddy Candy Carmine Carol Carolina Chad Charity Chase \
        Chastity Chelsea Cherry Chester Chi Christen Christian Chuck Claude Clay Clement Cliff Colleen Comfort \
        Coral Corona Coy Crystal Curt Daisy Dale Dallas Dawn Dean Denver Derrick Destiny Devon Dick Dirk Dolly Don \
        Drew Dung Dũng Earl Earnest Ebony Eddy Edit Else Emery Era Ester Eta Eve Faith Fanny Fawn Fern Flora \
        Florence Florin Forum Frank Gale Garland Garnet Gay Gene Geneva Georgia Ginger Girts Glen Grace Grant Gun \
        Guy Harsh Hazel Heath Heather Hector Holly Homer Hope Hung Hunter Héctor Hưng India Iris Israel Ivory Ivy \
        Jade Jasmine Jasper Jay Jewel Job Jordan Josh Joy Julia June Junior Júlia Ken Kent Kenya Kitty Lacy Lam \
        Lance Lane Laurel Lea Lee Lily Line Lloyd Loot Lucky Lâm Léa Mad Made Mads Magnolia Man Mar Mare Margarita \
        Maria Marina Marine Mark Marlin Martin Martins Martín María Marína Mason Mate Mats Matt Max Maxim May \
        Melody Mercy Merry Meta Mickey Milan Mile Miles Misty Morgan Myrtle Mária Mārtiņš Nadir Nail Nancy Noel \
        Nova Novella Noël Numbers Odd Odessa Olive Opal Orlando Paige Pal Pansy Pat Patience Patsy Patty Peace \
        Pearl Penny Peter Phoebe Pierce Precious Princess Prudence Pål Péter Queen Raid Ram Randy Raven Ray Reed \
        Rein Rhea Rick Roar Rob Robin Rocky Rod Roman Rose Rosemary Ruby Rune Rusty Rut Sad Saga Said Sally Sander \
        Sandy Santiago Sari Savannah Serge Sherry Sierra Siri Son Sonata Sonny Soon Stanley Stein Sterling Sue \
        Summer Sun Sunny Sydney Tea Terry Tiara Tilde Tine Tome Toms Tomé Tone Tor Tore Troy Urban Valencia \
        Valentine Van Veer Victor Victoria Victória Viola Violet Viral Virginia Vân Víctor Wade Wadi Ward Warren \
        Will Windy Yen Young Yến Ángel Íris Ģirts
        """
}
