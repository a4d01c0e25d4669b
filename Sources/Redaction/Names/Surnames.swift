// Surnames. Where they come from and under which licences: `Provenance.swift`.

/// Surnames, by a space apart.
enum Surnames {
    /// Names that are hardly anything else.
    static let clear: StaticString = """
        Aaaqil Aabid Aadam Aadil Aalam Aalto Aaltonen Aamil Aamir Aamirah Aarif Aariz Aaron Aas Aasif Aasim Aatiq \
        Aazim Abaan Abbott Abdi Abdullahi Abel Aberg Abernathy Abiola Abney Abraham Abrahamsson Abrams Abreu \
        Acevedo Acharya Achieng Acker Ackerman Acosta Acuna Acuña Adair Adam Adame Adams Adamson Adan Adarsh Adcock \
        Addison Aden Adetokunbo Adeyemi Adhiambo Adkins Adler Advani Agarwal Agee Aggarwal Agnew Agnihotri Agrawal \
        Aguilar Aguilera Aguirre Ahale Ahern Ahir Ahluwalia Ahmed Aho Ahola Ahonen Ahuja Aiken Ainsworth Akers \
        Akesson Akins Akinwale Akinyi Akoth Alaniz Alarcon Alarcón Alba Albers Albert Albertson Albrecht Albright \
        Albuquerque Alcala Alcaraz Alcorn Aldrich Aldridge Aleman Alemán Alexander Alexandre Alfaro Alford Ali \
        Alicea Allan Allard Allen Allison Allred Almanza Almeida Alonso Alonzo Alston Altman Alvarado Alvarez Alves \
        Amador Amaral Amato Amaya Ambani Ambedkar Ambrose Ames Ammons Amorim Amos Anand Anaya Anders Andersen \
        Anderson Andersson Andra Andrade Andre Andres Andresen Andrew Andrews André Anglin Angulo Anjos Anne Antal \
        Anthony Antoine Anttila Antunes Anyango Aparecida Aparicio Apodaca Aponte Applegate Apte Aquino Aragao \
        Aragon Aragão Aragón Aranda Araujo Araújo Arce Archibald Archuleta Arellano Arevalo Armas Armenta Armijo \
        Armstead Armstrong Arndt Arnett Arnold Arora Arredondo Arreola Arriaga Arrington Arsenault Arteaga Arthur \
        Artis Arvidsson Arya Aryan Ashby Ashcraft Ashe Asher Ashford Ashley Ashton Ashworth Assuncao Assunção \
        Astrom Atchison Athawale Atieno Atkins Atkinson Atlani Atrey Atwal Atwell Atwood Augustine Auma Auraq \
        Aurora Avalos Avery Avila Aviles Avilés Awadil Awamil Awani Awasthi Awino Awj Awmar Awuor Axelsson Ayaan \
        Ayala Ayamin Ayers Ayres Ayyubi Azad Azban Azevedo Baaqir Baaree Baashir Baasim Baasit Babar Babb Babcock \
        Babin Babu Baca Bach Bachchan Bachman Bachmann Backman Badal Badami Bader Baer Baez Baeza Baggett Baghel \
        Bagley Bagwell Bahl Bahri Bahuguna Bailey Bailly Bain Baines Bains Bair Baird Bajaj Bajwa Bakshi Bal Bala \
        Balakrishnan Balan Balay Balderas Baldwin Baleegh Bali Balla Ballard Ballesteros Balogh Balogun Balyan \
        Bambad Banda Bandi Bandopadhyay Banerjee Banik Bankston Bansal Banuelos Baptista Baptiste Barad Barajas \
        Baral Baranwal Barasa Barba Barbee Barbier Barbosa Barbour Barela Barfield Barger Baria Barjatya Barkley \
        Barksdale Barlow Barnard Barnes Barnett Barnette Barnhart Barnhill Barone Barr Barragan Barragán Barraq \
        Barraza Barrera Barrett Barron Barros Barry Barta Bartels Barth Bartholomew Bartlett Bartley Barton Bartos \
        Bartosova Bartova Bartoš Bartošová Basaam Basak Baseer Bashaar Bashaarat Basham Basheerah Bassett Bastin \
        Basu Batal Batchelor Bateman Batista Batool Batra Batta Battaglia Batts Bauer Baugh Baughman Baum Bauman \
        Baumann Baumgartner Bautista Bava Bawa Baxter Bayer Beal Beale Beall Bearden Beasley Beattie Beatty Beaty \
        Beauchamp Beaudoin Beaulieu Becerra Becker Beckett Beckham Beckman Beckwith Becnel Bedford Bedi Beebe Begay \
        Begley Begum Behl Behrens Belanger Belcher Bellamy Bello Belton Beltran Beltrán Benard Benavides Benavidez \
        Bendre Benedict Bengtsson Benitez Benjamin Benner Bennett Benoit Benson Bentley Benton Benítez Bera Berger \
        Bergeron Berggren Berglund Bergman Bergstrom Bergström Berman Bermudez Bermúdez Bernal Bernard Bernier \
        Bernstein Berrios Bertrand Berube Bess Betancourt Bethea Bett Betts Beverly Beyer Bhadauria Bhagat Bhakta \
        Bhalla Bhandari Bhandarkar Bhansali Bharadwaj Bharati Bhardwaj Bhargav Bhargava Bhasin Bhaskar Bhat Bhati \
        Bhatia Bhatnagar Bhatt Bhattacharya Bhattacharyya Bhatti Bhavsar Bhawsar Bhogle Bickford Biddle Bigelow \
        Biggs Bilaal Billingsley Billups Bindra Bingham Bir Bishnoi Bisht Biswas Bittner Bivens Bizhan Bjork \
        Bjorklund Björk Björklund Blackburn Blackman Blackmon Blackwell Blair Blais Blake Blakely Blalock Blanchard \
        Blanchette Blanco Blankenship Blanton Blaylock Blazek Blažek Bledsoe Blevins Blocker Blodgett Blom \
        Blomqvist Blount Blum Blumel Blümel Boase Bobal Bobo Bock Bodart Bodin Bogan Boggs Bohannon Boland Bolden \
        Bolduc Bolin Boling Bollinger Bolton Bonilla Bonner Booker Boone Boothe Bora Borah Borde Borden Boren \
        Borges Borra Borrego Bosch Bose Bostic Bostick Boswell Bouchard Boucher Boudreau Boudreaux Boulanger Bourne \
        Bourque Bowden Bowen Bowens Bowie Bowles Bowlin Bowser Boyce Boyd Boyer Boykin Boyle Boyles Brackett Braden \
        Bradford Bradley Bradshaw Brady Bragg Brahmbhatt Branco Brandon Brandt Branham Brannon Branson Brantley \
        Brar Brasseur Braswell Bratcher Bratton Braun Braxton Breaux Breeden Breedlove Breen Brennan Brenner Brent \
        Brewster Brice Briggs Brinkley Brinkman Brinson Briones Briscoe Brito Britt Britton Brock Brockman \
        Broderick Bronson Broome Broughton Broussard Browder Brower Browne Brownlee Broyles Brubaker Bruce \
        Brumfield Bruner Brunner Bruno Bruns Brunson Bruton Bryan Bryant Bryson Buch Buchanan Buckley Buckner Bueno \
        Buffington Buford Bullard Bumb Bundy Bunn Buraid Burch Burchett Burchfield Burdette Burdick Burge Burgess \
        Burgos Burk Burke Burkett Burkhart Burks Burleson Burley Burnett Burnette Burney Burnham Burnside Burrell \
        Burris Burroughs Burt Burton Busch Bustamante Bustos Butala Butterfield Byers Bynum Byrd Byrne Byrnes Báez \
        Bárta Bártová Caballero Cabral Cabrera Cade Cady Cagle Cahill Cain Caldeira Calderon Calderón Caldwell \
        Calhoun Calkins Callahan Callaway Calloway Calvert Calvin Calvo Camacho Camargo Camarillo Cameron Campbell \
        Campos Canales Candelaria Canfield Cano Cantrell Cantu Cantwell Canty Capps Capua Caraballo Carbajal \
        Carbone Carden Cardenas Cardona Cardoso Cardwell Carey Carl Carlier Carlin Carlisle Carlos Carlson Carlsson \
        Carlton Carman Carmichael Carmona Carnahan Carneiro Carnes Carney Caro Caron Carpentier Carr Carranza \
        Carrasco Carrera Carrillo Carrington Carroll Carson Carter Cartwright Caruso Carvajal Carvalho Carville \
        Cary Casanova Casares Casas Casey Casillas Cason Casper Cassiano Cassidy Castaneda Castañeda Casteel \
        Castellanos Castillo Castleberry Castro Caswell Catalano Cates Cathey Cato Caudill Causey Cavalcante \
        Cavalcanti Cavanaugh Cavazos Cecil Centeno Cepeda Cerda Cervantes Chacko Chacon Chacón Chada Chadha \
        Chadwick Chaffin Chahal Chakrabarti Chakraborty Chalmers Chamberlin Chan Chana Chand Chanda Chander Chandra \
        Chandrachud Chandran Chandravanshi Chaney Chang Chapa Chapin Chapman Chappell Charles Charlier Charlton \
        Charo Chastain Chatman Chatterjee Chaturvedi Chaubey Chaudhari Chaudhary Chaudhry Chaudhuri Chaudry Chauhan \
        Chaurasiya Chavarria Chavez Chavis Chawla Cheatham Chebet Cheema Chege Chelangat Chemutai Chen Cheney Cheng \
        Chepkemoi Chepkirui Chepkoech Chepkorir Chepkwony Chepngeno Chepngetich Cheptoo Cherian Cherono Cherop \
        Cherotich Cheruiyot Cheung Chevalier Chhabra Childers Childress Childs Chisholm Chisolm Cho Choate Choi \
        Chokshi Chong Chopra Choudhary Choudhry Choudhuri Choudhury Chouhan Chowdhury Christensen Christenson \
        Christiansen Christianson Christie Christman Christopher Christy Chu Chukwu Chun Chung Churchill Cintron \
        Cirino Cisneros Clancy Clanton Clapp Clark Clarke Clarkson Clary Clawson Clayton Cleary Clem Clemens \
        Clements Clemmons Clemons Cleveland Clevenger Clifford Clifton Cline Clinton Clough Cloutier Coates Cobb \
        Cobbs Coble Coburn Cochran Cockrell Cody Coe Coelho Coffey Coffman Cohen Cohn Coker Colbert Colburn Colby \
        Cole Coleman Coles Coley Colin Coll Collado Collard Collazo Collet Colley Collignon Collin Collins Colson \
        Colum Colvin Colwell Comar Compton Comstock Concepcion Condon Conklin Conley Conn Connell Connelly Conner \
        Connolly Connor Connors Conover Conrad Conroy Conti Contreras Conway Cooke Cooley Coombs Cooney Copeland \
        Copley Corbett Corbin Corcoran Cordell Cordero Cordier Cordova Corey Corley Cormican Cormier Cornejo \
        Cornelius Cornell Cornett Cornish Cornwell Coronado Correa Correia Corrigan Cortes Cortez Cortés Cosby \
        Cosgrove Costa Costello Cota Cottrell Coughlin Coulon Coulter Courtney Courtois Couture Covington Cowan \
        Cowart Cowley Coyle Coyne Crabtree Craddock Craig Crain Cramer Crandall Crawford Crawley Crayton Creech \
        Creighton Crenshaw Crespi Crespo Crider Crist Crocker Crockett Croft Cromer Cromwell Cronin Crosby Croteau \
        Crouse Crowder Crowe Crowell Crowley Crum Crump Crutcher Crutchfield Cruz Cuellar Cuevas Culbertson Cullen \
        Culp Culpepper Culver Cummings Cummins Cunha Cunningham Curiel Curley Curran Currie Currier Curtin Curtis \
        Custer Cutler Cuvelier Cyr Daamin Dabir Dabral Dada Dadhich Dadlani Dahl Dahlberg Daigle Dailey Dakhil \
        Dalal Daley Dalton Daly Damani Damico Damron Damurah Dancy Dangelo Dani Daniel Daniels Danielsen Danielson \
        Danielsson Danner Dar Dara Darain Darby Darden Darnell Dasgupta Dass Datta Daugherty Dave David Davidson \
        Davies Davila Davis Davison Dawkins Dawson Dawud Dayal Deak Deaton Decker Dees Deewan Dehart Dejesus \
        Delacruz Delagarza Delaney Delannoy Delarosa Delatorre Delattre Deleon Delfosse Delgadillo Delgado Delhaye \
        Dellinger Deloach Delong Delossantos Deluca Delvalle Delvaux Demarco Demers Demir Dempsey Denham Denis \
        Denney Denning Dennis Dennison Denny Denson Denton Deo Deol Deprez Desai Desantis Descamps Deshmukh \
        Deshpande Dethier Devan Devaux Devi Devine Devlin Devore Devos Devries Dewan Dewey Dewitt Dexter Dey Deák \
        Dhaliwal Dhanuka Dhar Dhawan Dhillon Dhingra Dholakia Dhoni Dhoundial Dhumal Diallo Dias Diaz Dickens \
        Dickerson Dickinson Dickson Didwania Diehl Dietrich Dietz Diggs Dikshit Dillard Dillon Dion Dix Dixit Dixon \
        Doan Dobbins Dobbs Dobson Dockery Dodd Dodson Dogra Doherty Dolan Dolezal Dolezalova Doležal Doležalová \
        Dolinar Domingo Domingues Dominguez Domínguez Donahue Donald Donaldson Donnell Donnelly Donohue Donovan \
        Dooley Dora Doran Dorman Dorn Dorsey Doshi Doss Dotson Doty Dougherty Douglas Douglass Dover Dow Dowd \
        Dowell Dowling Downey Doyle Dozier Draper Driscoll Drummond Drury Dua Duarte Dube Dubey Dubois Dubose \
        Duckett Duckworth Dudley Duenas Dueñas Duffy Dufour Dugal Dugan Dugar Duggan Dugger Dumas Dumont Dunaway \
        Dunbar Duncan Dunham Dunlap Dunn Dunne Dupont Dupre Dupree Dupuis Duran Durand Durant Durbin Durham Durán \
        Dusek Dutt Dutta Dutton Duval Duvall Dušek Dwivedi Dwyer Dyal Dyson Dávila Díaz Earle Earley Easley Eason \
        Easter Easterling Eastman Eaton Ebert Echeverria Echeverría Echols Eckert Edgar Edin Edmond Edmonds \
        Edmondson Edward Edwards Edwin Egan Eggleston Ehlert Ehsaas Ejlaal Eklund Ekstrom Ekström Ekwueme Elam \
        Eldridge Elias Eliasson Elizondo Elkins Eller Ellington Elliot Elliott Ellis Ellison Ellsworth Elmore Elrod \
        Ely Emanuel Embry Emerson Emmons Engel Engle English Engstrom Engström Ennis Enriquez Enríquez Epperson \
        Epps Epstein Erickson Eriksen Eriksson Ernst Ervin Erwin Escalante Escamilla Escobar Escobedo Esfandyar \
        Eshan Esparza Espinal Espino Espinosa Espinoza Esposito Esquivel Estep Estes Esteves Estevez Estrada \
        Estévez Etheridge Etienne Eubanks Evans Everett Everhart Evers Evrard Ewing Eze Ezell Fabian Fadnavis Fagan \
        Fahey Fairbanks Fairchild Fairley Faison Faizan Fajardo Falk Fallon Farah Faria Farias Farkas Farley \
        Farnsworth Farr Farrar Farrell Farrington Farris Faulk Faulkner Faust Fay Fazli Feeney Fekete Felder \
        Feldman Feliciano Felix Felton Fennell Fenton Ferguson Fernandes Fernandez Fernández Ferrara Ferrari \
        Ferraro Ferreira Ferrell Ferrer Ferris Fidvi Fierro Figueiredo Figueroa Fincher Findley Finley Finn \
        Finnegan Finney Fischer Fishman Fisk Fitch Fitzgerald Fitzpatrick Fitzsimmons Flaherty Flanagan Flanders \
        Flannery Fleming Fletcher Flink Flores Floyd Flynn Fogle Foley Folsom Fong Fonseca Fontaine Fontenot Foote \
        Forbes Forman Forrest Forrester Forsberg Forsman Forster Forsyth Forsythe Fortier Fortin Fortner Foss \
        Fournier Foust Fowler Foy Fraley Francis Francisco Franco Francois Franklin Fransson Frantz Franz François \
        Fraser Frazier Frederick Fredriksson Freitas Frey Frias Frick Friedman Fritsch Fritz Frohlich Frye Frías \
        Fröhlich Fuchs Fuentes Fugate Fulmer Fulton Fultz Furman Furr Gaba Gabriel Gaddis Gaddy Gade Gadkari \
        Gaffney Gagne Gagnon Gaharwar Gaillard Gaines Gainey Gaither Gaitonde Galarza Galindo Gallagher Gallardo \
        Gallegos Gallo Galloway Galvan Galvez Galvin Galván Gambhir Gamboa Gamez Gandhi Gandy Ganesan Ganesh \
        Ganguly Gann Gannon Gant Gantt Gaonkar Gara Garay Garber Garcia García Garde Gardiner Gardner Garg Gargallo \
        Garnett Garrett Garrido Garvey Garvin Gary Garza Gaskins Gaspar Gaston Gatlin Gaur Gautam Gauthier Gavaskar \
        Gavin Geary Gehlot Geiger Geisler George Georges Gera Gerard Gerber German Ghafoor Ghanee Ghannam Ghasaan \
        Ghauth Ghayoor Ghazzal Ghose Ghosh Ghoshal Ghunayn Ghutayf Gibbs Gibson Gifford Gil Gilbert Gilchrist Giles \
        Gillen Gilles Gillespie Gillet Gillette Gilley Gilliam Gilliland Gillis Gilman Gilmore Gilson Gimenez Ginn \
        Giordano Gipson Girard Giri Giron Girón Gitau Githinji Gitonga Glaser Gleason Glenn Glover Glynn Goble Goda \
        Goddard Godfrey Godoy Godwin Goel Goenka Goetz Goff Goffin Goforth Gohar Goins Gokhale Gola Goldberg \
        Goldstein Gole Golla Gomes Gomez Goncalves Gond Gonzales Gonzalez González Gonçalves Gooch Goode Gooden \
        Goodman Goodrich Goodson Goodwin Gopal Gordon Gorham Gorman Goss Gossett Goswami Gough Gould Gour Govil \
        Goyal Gracia Grady Graf Graff Graham Granados Granger Grantham Grayson Greco Greenberg Greene Greenfield \
        Greenlee Greenwood Greer Gregg Gregoire Gregory Greiner Grenier Gresham Grewal Grice Grier Griffis Griffith \
        Griffiths Griggs Grigsby Grimm Grisham Grissom Grogan Grossman Grover Grubb Grubbs Gruber Grégoire Guajardo \
        Gubain Guenther Guerin Guerra Guerreiro Guerrero Guevara Guffey Guha Guidry Guillaume Guillen Guillory \
        Guinn Gujjar Gujral Gulati Gulfam Gulshan Gunderson Gunji Gunn Gunnarsson Gunter Gupta Gurjar Gurley \
        Gustafson Gustafsson Gustavsson Guthrie Gutierrez Gutiérrez Guyton Guzman Guzmán Gálvez Gérard Gómez Haag \
        Haas Hackett Hadley Hafner Hagan Hagen Hager Haggerty Hahn Haines Hairston Hajariya Hakala Hakansson Haldar \
        Halder Haley Haller Halonen Hamalainen Hamblin Hamby Hamel Hamer Hamilton Hamlin Hamm Hammett Hammond \
        Hammonds Hammons Hampton Hamrick Han Hancock Handa Handley Hanes Haney Hankins Hanley Hanlon Hanna Hannah \
        Hanninen Hannon Hans Hansen Hanson Hansson Harbin Hardesty Hardin Harding Hardison Hardman Hardwick Hargis \
        Hargrove Hari Harkins Harlan Harley Harlow Harman Harmon Haro Harper Harrell Harrington Harris Harrison \
        Harry Harter Hartley Hartman Hartmann Harvey Haskell Haskins Hassan Hastings Hatcher Hatfield Hathaway \
        Hatton Hatwal Haugen Hauser Hawes Hawkins Hawley Hawthorne Hayden Hayer Hayes Haynes Hayre Hayward Haywood \
        Hazari Headley Headrick Healey Healy Hearn Heaton Hebert Heckman Hedlund Hedrick Heffner Hefner Hegde \
        Heikkila Heikkilä Heikkinen Heim Hein Heinonen Heinrich Heinz Heller Hellstrom Hellström Helton Hemphill \
        Henderson Hendrick Hendricks Hendrickson Hendriks Hendrix Henley Hennessey Henning Henriksen Henriksson \
        Henriques Henry Hensley Henson Herbert Heredia Herman Hermann Hermans Hermansson Hernandez Herndon \
        Hernández Herr Herrera Herrick Herrington Herrmann Herron Herzog Hess Hester Hewitt Hiatt Hickman Hidalgo \
        Higdon Higginbotham Higgins Higgs Hightower Hildebrand Hildreth Hilliard Hillman Hilton Hiltunen Himes \
        Hines Hinkle Hinojosa Hinson Hinton Hirsch Hirvonen Hitchcock Hite Hitt Hoang Hobbs Hobson Hodge Hodges \
        Hodgson Hoff Hoffman Hoffmann Hofmann Hogg Hogue Holbrook Holcomb Holden Holguin Holkar Holley Holliday \
        Hollingsworth Hollins Hollis Holloman Holloway Holm Holman Holmberg Holmes Holmgren Holmstrom Holmström \
        Holst Holt Holton Holub Holubova Holubová Honeycutt Hong Hooper Hoover Hopkins Hopson Hora Horak Horan \
        Horne Horner Hornsby Horton Horvat Horvath Horváth Hoskins Houck Hough Houghton Houle Houser Howard Howe \
        Howell Howland Hoy Hoyle Hoyt Hruska Hruskova Hruška Hrušková Hsu Huang Hubbard Huber Hubert Huddleston \
        Hudgins Hudson Huerta Huet Huey Huffman Huggins Hughes Hulsey Hummel Humphrey Humphreys Humphries Hundley \
        Huntley Hurd Hurley Hurst Hurtado Hussain Hussein Hussey Huston Hutcherson Hutchings Hutchins Hutchinson \
        Hutchison Hutson Hutto Hutton Huttunen Huynh Huzaifa Hyatt Hyde Hyland Hyman Hynes Hämäläinen Hänninen \
        Håkansson Ibarra Ibraaheem Ibrahim Idris Iftikhaar Iglesias Ihab Ihsaan Ihtiram Ijli Ikonen Ilan Ilic Ilić \
        Ingle Ingram Inman Irby Irish Irizarry Irungu Irvin Irvine Irving Irwin Isaac Isaacs Isaksson Isbell Ismail \
        Isom Ison Issa Issac Issack Iversen Iverson Ivey Iyengar Iyer Jaabir Jabir Jabr Jack Jackson Jacob Jacobs \
        Jacobsen Jacobson Jacoby Jacques Jacquet Jacquot Jad Jadhav Jaeger Jaggi Jahagirdar Jahdami Jahdari Jain \
        Jaiswal Jaitley Jakobsen Jakobsson Jalaal Jalan Jalil Jamaal Jameel James Jameson Jamison Janeckova Janes \
        Janečková Jani Jansen Janssen Janssens Jansson Jaramillo Jarrell Jarrett Jarvinen Jarvis Javdekar Jayaraman \
        Jean Jefferies Jeffers Jefferson Jeffery Jeffrey Jeffries Jenkins Jennings Jensen Jernigan Jesus Jeter \
        Jethwani Jett Jewell Jha Jhaveri Jhunjhunwala Jimenez Jiménez Jindal Jobe Joe Johal Johansen Johansson John \
        Johnsen Johnson Johnsson Johnston Jokinen Jolley Joly Jones Jonsson Jordon Jorgensen Joseph Joshi Jovanovic \
        Jovanović Joyce Joyner Juarez Judd Jude Juhasz Juhász Julian Juma Jung Jurado Juárez Järvinen Jönsson \
        Jørgensen Kaamil Kabeer Kachela Kadakia Kadam Kade Kahindi Kahn Kaiser Kakar Kakkar Kala Kaleem Kaleema \
        Kalita Kalla Kallio Kamal Kamat Kamath Kamau Kamble Kamdar Kaminski Kamran Kanda Kane Kanetkar Kang Kannan \
        Kannaujiya Kant Kapadia Kaplan Kapoor Kapur Kar Kara Karaamat Karam Karan Karanja Kari Karimi Karisa \
        Kariuki Karjalainen Karkkainen Karlsen Karlsson Karnik Karpe Karr Kasam Kashif Kashyap Kasim Kasper Kata \
        Katana Katz Kauffman Kaufman Kaul Kauppinen Kaur Kaushik Kay Kayasth Kaysan Kazungu Keane Kearney Kearns \
        Keating Keaton Kedia Kee Keefer Keegan Keeler Keenan Keene Keeney Keer Keeton Keith Kejriwal Kelkar \
        Kelleher Keller Kelley Kellogg Kelly Kelsey Kelso Kemboi Kemp Kemper Kemppainen Kendall Kendi Kendrick \
        Kennedy Kenney Kenny Kenyon Kern Kerns Kerr Kerubo Keshari Kessler Ketkar Kettunen Keyes Khaitan Khajuria \
        Khalsa Khandelwal Khanna Khare Kharwar Khatri Khattar Khemka Kher Khera Khosla Khurana Khurrana Kibe Kibet \
        Kidd Kilgore Killian Kilonzo Kilpatrick Kim Kimani Kimathi Kimball Kimble Kimbrough Kimmel Kimutai Kincaid \
        Kingsley Kinney Kinnunen Kinsey Kinyanjui Kinyua Kioko Kipchirchir Kipchumba Kipkirui Kipkoech Kipkorir \
        Kiplagat Kiplangat Kipngetich Kiprono Kiprop Kiprotich Kipruto Kiptoo Kirby Kirchner Kirk Kirkland \
        Kirkpatrick Kirkwood Kirui Kirwan Kiser Klein Kline Klinger Klotz Knapp Knott Knowles Knowlton Knox Knudsen \
        Knutson Koch Koech Koehler Koenig Kohl Kohler Kohli Koivisto Kolar Kolb Konda Koonce Koontz Kopp Korhonen \
        Korir Korpal Kos Kosgei Koshy Koskela Koskinen Koster Kota Kothari Kovac Kovacs Kovač Kovács Kowalski \
        Kozlowski Kraft Kral Kralova Kramer Kraus Krause Krebs Krish Krishna Krishnamurthy Krishnan Kristensen \
        Kristiansen Kristoffersen Krizan Križan Krueger Kruger Kruse Král Králová Kubicek Kubíček Kucera Kucerova \
        Kuhn Kulkarni Kumar Kumer Kunda Kunkel Kunz Kuria Kurian Kurtz Kuruvilla Kushwaha Kuykendall Kučera \
        Kučerová Kyalo Kyle Kärkkäinen Köhler Köster Laakso Laaksonen Labeeb Lacey Lachance Lacroix Ladd Ladner \
        Lafferty Lafleur Lahiah Lahti Lahtinen Lai Laine Laird Laitinen Lajlaj Lakatos Lakhotia Lal Lala Lall Lalla \
        Lalwani Lamar Lambert Lamm Lamy Landa Landers Landis Landrum Landry Landy Laney Lang Langat Lange Langford \
        Langley Langlois Langston Lanham Lanier Lanka Lankford Lantz Laplante Lapointe Laporte Lappalainen Lara \
        Larkin Larry Larsen Larson Larsson Larue Lassiter Laster Lata Latham Latif Latimer Lau Laughlin Laurent \
        Lavigne Lavoie Lawler Lawrence Lawson Lawton Layne Layth Layton Lazar Leahy Leal Lear Leary Leavitt Leblanc \
        Lebon Lebrun Leclair Leclercq Lecomte Lecoq Ledbetter Ledesma Ledford Ledoux Leduc Lefebvre Lefevre Lefèvre \
        Leger Legg Leggett Legrand Legros Lehman Lehmann Lehtinen Lehto Lehtonen Leigh Leinonen Leite Leiva Lejeune \
        Lemaire Lemay Lemieux Lemmens Lemoine Lemus Lennon Lenoir Lentz Lenz Leon Leonard Leone Leppanen Leppänen \
        Lerma Lerner Leroy Leslie Lester Leung Levesque Levin Levine Lewandowski Lewis Leyva León Libby Libert \
        Lightfoot Ligon Liles Lilja Lilley Lilly Lim Limazah Limon Lin Linares Lind Lindberg Linder Lindfors \
        Lindgren Lindholm Lindley Lindner Lindquist Lindqvist Lindsay Lindsey Lindstrom Lindström Linn Linton Lipp \
        Lipscomb Liska Liskova Littlefield Littlejohn Littleton Liu Livingston Liyaaqat Liyaqat Liška Lišková Locke \
        Lockett Lockhart Locklear Lockwood Loera Loffler Lofgren Loftis Lofton Logan Logsdon Logue Lohia Loke \
        Lokhande Lomax Lombard Lombardi Lombardo Longo Longoria Loomis Lopez Lorenz Lorenzo Lott Louis Loureiro \
        Lourenco Lourenço Lovato Lovejoy Lovelace Lovell Lovett Lowe Lowell Lowery Lowry Loyd Lozano Luay Lucas \
        Luce Lucero Luckett Ludwig Lugo Lujan Luke Luksa Lukša Lumpkin Luna Lund Lundberg Lundgren Lundin Lundqvist \
        Lundstrom Lundström Lundy Lunsford Luqmaan Luqman Lusk Lut Lutf Luther Luthra Luttrell Lutz Lyle Lyles \
        Lyman Lynn Lyons Lytle Léonard López Löffler Löfgren Maali Maalik Maalim Maas Maawiya Mabe Mabry Macdonald \
        Macedo Macek Mach Machacek Machado Macharia Machova Machová Macháček Macias Mack Mackenzie Mackey Macklin \
        Maclean Macon Macías Madan Maddox Madison Madiyan Madsen Maes Maestas Magalhaes Magalhães Magana Magar \
        Magee Magnusson Maguire Mahajan Mahal Mahan Maharaj Mahbeer Mahbub Maheen Maher Maheshwari Mahfuj Mahfuz \
        Mahieu Mahmoud Mahon Mahoney Mahto Maia Maier Maina Majd Majeed Majumdar Makau Makela Maken Makena Makinen \
        Makokha Malcolm Maldonado Malhotra Malik Malley Mallick Mallory Malloy Malode Malone Maloney Mammen Mancini \
        Mancuso Mand Manda Mandal Mander Mangal Mangat Mangeshkar Mangum Mani Manley Mann Mannan Manne Manninen \
        Mansfield Manson Mansson Mantri Manuel Manzanares Marandi Marchal Marchand Marcum Marcus Marechal Marek \
        Marin Marino Marion Markham Markova Markovic Markovič Marková Markus Markuš Marlow Maroof Marques Marquez \
        Marr Marrero Marroquin Marshall Martel Martell Martensson Martin Martindale Martinez Martino Martinsson \
        Martínez Marvin Marx Mary Maréchal Marín Massart Massey Massie Masson Masterson Mata Matas Mateo Matheny \
        Mathews Mathieu Mathis Mathur Matias Matlock Matos Matson Matthew Matthews Mattila Mattingly Mattison \
        Mattox Mattson Mattsson Mauldin Maurer Maurya Maxey Maxwell Mayberry Mayer Mayes Mayfield Maynard Mays \
        Mazumdar Maček Mbugua Mburu McCarthy McDonald McGilligan Mcadams Mcafee Mcalister Mcallister Mcarthur Mcbee \
        Mcbride Mccabe Mccain Mccall Mccallum Mccann Mccarter Mccarthy Mccartney Mccarty Mccauley Mcclain \
        Mcclanahan Mcclellan Mcclelland Mcclendon Mcclintock Mccloskey Mccloud Mcclung Mcclure Mccollum Mccombs \
        Mcconnell Mccord Mccorkle Mccormack Mccormick Mccoy Mccracken Mccrary Mccray Mccue Mcculloch Mccullough \
        Mccurdy Mccutcheon Mcdaniel Mcdaniels Mcdermott Mcdonald Mcdonnell Mcdonough Mcdowell Mcduffie Mcelroy \
        Mcfadden Mcfall Mcfarland Mcfarlane Mcgee Mcghee Mcgill Mcginnis Mcgovern Mcgowan Mcgrath Mcgraw Mcgregor \
        Mcgrew Mcguire Mchenry Mchugh Mcinnis Mcintire Mcintosh Mcintyre Mckay Mckee Mckenna Mckenzie Mckinley \
        Mckinney Mckinnon Mcknight Mclain Mclaughlin Mclaurin Mclean Mclemore Mclendon Mcleod Mcmahan Mcmahon \
        Mcmanus Mcmillan Mcmillen Mcmillian Mcmullen Mcmurray Mcnabb Mcnair Mcnally Mcnamara Mcneal Mcneely Mcneil \
        Mcneill Mcnulty Mcnutt Mcpherson Mcqueen Mcrae Mcvey Mcwhorter Mcwilliams Meade Meador Medeiros Medlin \
        Medrano Medved Meehan Meeks Meena Mehra Mehta Meier Meister Mejia Melancon Melendez Mello Melo Melton \
        Melvin Meléndez Memon Mena Menard Mendenhall Mendes Mendez Mendoza Menendez Menon Menéndez Mercado Mercer \
        Mercier Meredith Merrick Merrill Merritt Mertens Messer Messina Meszaros Metcalf Metz Metzger Metzler \
        Meunier Meyer Meyers Meza Michael Michaels Michaud Michaux Michel Michiels Middleton Miettinen Mikkelsen \
        Mikkonen Milam Milburn Millard Milligan Milne Milner Milton Mims Minhas Minter Minton Mintz Miranda Mireles \
        Mishra Misra Mistry Mital Mitchell Mitra Mittal Mitter Mixon Mize Mobley Modanwal Modi Mody Moe Moeller \
        Moen Moffett Moffitt Mohamed Mohammed Mohamud Mohan Mohanty Mohapatra Mohr Moilanen Mojica Molina Molnar \
        Molnár Momanyi Monahan Mondal Moniz Monroe Monson Montague Montalvo Montanez Montano Monteiro Montenegro \
        Montero Montes Montez Montgomery Montoya Mooney Moore Mora Moraa Morais Morales Moran Morar Moravec Moreau \
        Morehead Moreira Moreland Moreno Morey Moriarty Morin Morley Morrell Morrill Morris Morrison Morrissey \
        Morse Mortensen Morton Mosby Moseley Moser Moses Mosher Mosier Mosley Mota Mott Moulin Moulton Moura Mourib \
        Moya Moye Moyer Muchiri Mueller Muema Mueni Mugambi Mugo Muir Muiruri Mukami Mukherjee Mukhopadhyay Muli \
        Mullen Muller Mulligan Mullin Mullins Mulwa Mumo Mumukshu Muncy Munda Munene Mungai Muni Muniz Munoz Munshi \
        Munson Munyao Murdock Muriithi Murillo Murimi Murithi Muriuki Muro Murphy Murray Murrell Murry Murthy Murty \
        Musa Musser Mustonen Musyoka Musyoki Mutai Mutheu Muthoni Mutinda Mutisya Mutti Mutua Mutuku Mutunga Muñoz \
        Mwangi Mwaniki Mwanzia Mwaura Mwenda Mwende Mwendwa Mwikali Myers Myles Myrick Márquez Mäkelä Mäkinen \
        Månsson Mårtensson Méndez Mészáros Müller Naail Nabeel Nabih Nadeau Nadeem Nadig Nadkarni Naeem Nagar \
        Nagarajan Nagel Nagi Nagle Nagy Nahar Naidu Naik Nair Najam Najeeb Najera Nance Nanda Napier Naquin Narain \
        Narang Naranjo Narasimhan Narayan Narayanan Narula Narvaez Narváez Nascimento Nash Natarajan Nath Natt \
        Nautiyal Nava Navarrete Navarro Nayak Nayar Naylor Nazareth Ndegwa Ndirangu Ndungu Neal Needham Neeley \
        Neely Neff Negi Negrete Negron Neil Neill Nekesa Nelson Nemec Nemeth Nesbitt Ness Neto Neuman Neumann \
        Nevarez Neves Neville Newberry Newby Newcomb Newell Newkirk Newman Newsom Newsome Nganga Ngeno Ngetich Ngo \
        Ngugi Nguyen Nicholas Nicholls Nichols Nicholson Nickerson Nicolas Nielsen Nielson Niemela Niemelä Niemi \
        Nieminen Nieto Nieves Nigam Niles Nilsson Nino Nishad Nixon Niño Njagi Njenga Njeri Njeru Njogu Njoki \
        Njoroge Njuguna Nnamani Noe Nogueira Nolan Noland Nolen Noonan Noor Norberg Nordin Nordstrom Nordström Nori \
        Noriega Norman Norris Norton Norwood Novak Novakova Novotna Novotny Novotná Novotný Novák Nováková Nowak \
        Noyes Nugent Nunes Nunez Nunn Nurmi Nyabuto Nyaga Nyakundi Nyambura Nyberg Nye Nyman Nyongesa Nystrom \
        Nyström Németh Núñez Oakes Oakley Oates Obasanjo Oberg Oberoi Obi Obrien Ocampo Ocasio Ochieng Ochoa \
        Oconnell Oconnor Odell Oden Odhiambo Odom Odongo Odonnell Oduor Ogden Oglesby Ogunleye Ohara Ojala Ojeda \
        Ojha Ojo Okafor Okeefe Okello Okonkwo Okoth Okumu Olah Olawale Oldham Oleary Oliva Olivares Olivarez Olivas \
        Oliveira Oliver Olivera Olivier Olivo Olmstead Olofsson Olsen Olson Olsson Oluoch Olvera Oláh Omair Omalley \
        Omar Omeir Omondi Omran Ondieki Oneal Oneil Oneill Ontiveros Onyango Oommen Opiyo Ordonez Ordóñez Oreilly \
        Orellana Ornelas Orosco Orourke Orozco Orr Orta Ortega Ortiz Osborn Osborne Osburn Osgood Oshodi Osman \
        Osorio Ossama Ostrander Oswald Otero Otieno Otis Otoole Ott Otto Ouellette Ouma Overstreet Overton Owais \
        Owen Owens Owino Owuor Oyekan Oza Pacheco Packard Padgett Padilla Padmanabhan Paez Pai Paine Paiva Pak \
        Palacios Palan Palla Palma Palmer Palomo Palumbo Panchal Pandey Pandit Pandya Pannell Pantoja Papp Pappas \
        Paquette Paradis Paredes Parekh Parham Parikh Parker Parkinson Parmar Parmentier Parmer Parnell Parr Parra \
        Parris Parrish Parrott Parsa Partanen Partin Paswan Patel Paterson Pathak Patil Patino Patiño Patla Patnaik \
        Patrick Patten Patterson Patton Patwari Pau Paul Pauley Paulsen Paulson Pauwels Pavlicek Pavlik Pavlikova \
        Pavlov Pavlík Pavlíková Pavlíček Pawar Paxton Payne Payton Paz Peachey Pearce Pearson Pedersen Pederson \
        Pednekar Pedraza Peebles Peeples Peeters Pelayo Pelletier Peltier Peltonen Pemberton Pena Pendergrass \
        Pendleton Penn Pennington Perales Peralta Perdue Perea Pereira Perez Peri Perkins Perrin Perry Perryman \
        Persson Peskova Pesonen Petek Peter Peterman Petersen Peterson Petersson Petit Petitjean Pettersson Pettit \
        Peyton Peña Pešková Pfeifer Pfeiffer Pham Phan Phelan Phelps Philippe Phillips Phipps Phogat Picard Pickard \
        Pickens Pickering Pickett Pierre Pierson Piette Pillai Pillay Pimentel Pina Pineda Pingle Pinheiro Pinho \
        Pino Pinson Pipkin Piramal Pires Piron Pirotte Pitkanen Pitkänen Pitt Pittman Pitts Pizarro Piña Plante \
        Platt Plummer Plunkett Poddar Poe Pogue Pohl Poindexter Poirier Polak Polakova Polanco Polk Pollack Pollard \
        Pollock Polák Poláková Ponce Poncelet Pons Poole Poore Popovic Popović Porras Porterfield Portillo Posada \
        Posey Poston Potts Poulin Powell Prabhakar Prabhu Prada Pradhan Prado Prajapati Prakash Prasad Prashad \
        Pratap Prater Prather Pratt Prescott Presley Pressley Preston Prewitt Prichard Pridgen Prieto Pringle \
        Pritchard Pritchett Priyadarshini Proffitt Pruett Pruitt Pryor Puckett Puente Puga Pugh Puig Pujari Pulido \
        Pulkkinen Pullen Pulliam Purcell Purdy Puri Purnell Purohit Purvis Pushkar Putman Putnam Putz Pyle Páez \
        Pérez Qaasim Qabeel Qadar Qadeer Qahtan Qaim Qais Qaseem Qasif Quadir Qualls Quarles Quesada Quezada \
        Quigley Quinlan Quinn Quinones Quintana Quintanilla Quintero Quiroz Qusay Qutaybah Raaghib Raakin Raashid \
        Raatib Rabah Rabar Rabb Rabbani Rabee Rabiah Racz Rader Radford Radhakrishnan Radi Raed Rafay Rafeek \
        Rafferty Rafi Ragan Raghavan Ragland Ragsdale Raheel Rai Raina Raines Rainey Raj Rajagopal Rajagopalan \
        Rajan Rajawat Raje Rajpoot Rajpurohit Raju Ralph Ralston Rama Ramachandran Ramakrishnan Raman Ramanathan \
        Ramaswamy Ramesh Ramey Ramirez Ramon Ramos Ramsey Ramírez Ramón Rana Ranaut Rand Randall Randhawa Randle \
        Randolph Raney Ranganathan Rangel Rankin Rantala Rantanen Rao Rapp Rasanen Rasmussen Rastogi Ratcliff Rathi \
        Rathod Rathore Ratliff Ratta Ratti Rau Rauch Raval Ravi Rawal Rawat Rawlings Rawls Raya Rayburn Raymond \
        Razo Rea Reagan Reardon Reaves Redd Reddick Redding Reddy Redman Redmond Reece Reeder Rees Reese Regalado \
        Regan Rege Reich Reichert Reichmann Reid Reilly Reinhardt Reiter Remy Renard Renault Rendon Renfro Renier \
        Renner Renteria Reuter Rey Reyes Reyna Reynolds Reynoso Rhoades Rhoads Rhodes Ribeiro Ricci Richard \
        Richards Richardson Richey Richie Richmond Richter Rickard Ricker Ricketts Rickman Rico Riddick Ridenour \
        Ridgeway Ridley Riggins Riggs Rigsby Riley Rinaldi Rincon Rincón Rinehart Rios Ripley Ritchie Ritter Rivas \
        Rivera Rivero Rizzo Roark Robb Robbins Roberson Robert Roberts Robertson Robinette Robinson Robison Robledo \
        Robles Robson Roby Roca Rocha Roche Rockwell Roden Rodgers Rodrigue Rodrigues Rodriguez Rodriquez Rodríguez \
        Roger Rohaan Rojas Roland Roldan Roldán Rollins Romano Romeo Romero Romo Roney Rono Rooney Roos Roper Rosa \
        Rosado Rosales Rosario Rosas Rosen Rosenberg Rosenthal Roshan Ross Rossi Roth Rotich Roush Rousseau Rowan \
        Rowe Rowell Rowland Rowley Roy Royer Royster Rubin Rubio Rucker Rudd Rudolph Ruffin Ruiz Runthla Runyon \
        Rupp Rus Russ Russell Russo Ruth Rutherford Rutledge Ryan Ryder Rácz Räsänen Ríos Saabir Saad Saafir Saahir \
        Saajid Saal Saalim Saaqib Saari Saarinen Saariyah Saavedra Sabah Sabeeh Sabharwal Sabil Sabiq Sabir Saboor \
        Sabur Saburah Sachar Sachdev Sachdeva Sadan Sadaqat Sadeed Sadler Saenz Sagar Saha Sahani Sahay Sahni \
        Sahota Sahu Saini Sair Salas Salazar Salcedo Salcido Saldana Saldaña Salgado Salinas Salisbury Salmi \
        Salminen Salo Salonen Salvi Sam Sama Sami Sammons Sampath Sampla Sampson Samra Sams Samson Samuel Samuels \
        Samuelsson Sanabria Sanborn Sanchez Sandberg Sanderson Sandhu Sandlin Sandoval Sandstrom Sandström Sanford \
        Sangha Sanghvi Sani Sankar Sankaran Sant Santana Santos Sapp Sarabia Saraf Saran Sardana Sargent Sarin \
        Sarkar Sarma Sarna Sarraf Sasser Sastry Sathe Satterfield Saucedo Sauer Sauls Saunders Sauvage Savolainen \
        Sawant Sawhney Saxena Saxton Saylor Scanlon Scarborough Scarbrough Schaefer Schaeffer Schafer Schaffer \
        Scheer Schell Schenk Scherer Schiller Schilling Schindler Schlosser Schmid Schmidt Schmitt Schmitz \
        Schneider Schofield Scholl Scholz Schrader Schreiber Schroeder Schubert Schuler Schulte Schultz Schulz \
        Schumacher Schuster Schwab Schwartz Schwarz Schweitzer Schäfer Scindia Scott Scroggins Scruggs Scully \
        Searcy Seaton Seay Seeley Segovia Segura Sehgal Seidel Seifert Seiler Seitz Sekhon Selby Sem Sen Sengupta \
        Seppala Seppanen Seppälä Seppänen Sepulveda Serna Serra Serrano Servais Seshadri Seth Sethi Setty Seward \
        Sewell Seymour Sha Shackelford Shafer Shaffer Shan Shandilya Shankar Shanker Shannon Shapiro Sharaf Sharkey \
        Sharma Sharpe Shastri Shastry Shaw Shay Shea Sheehan Sheffield Shekhawat Shelby Sheldon Shelley Shelton \
        Shenoy Shepard Sheppard Shere Sheridan Sherman Sherrill Sherrod Sherwood Sheth Shetty Shinn Shipley Shipman \
        Shipp Shirke Shirley Shockley Shorey Shrivastava Shroff Shukla Shuler Shull Shultz Shuman Shumate Sibal \
        Sibley Sidhu Siegel Sigler Sikes Siler Silva Silverman Simek Simiyu Simkova Simmons Simms Simoes Simon \
        Simonis Simons Simonsen Simpkins Simpson Simões Sinclair Singh Singhal Singhaniya Singhi Singletary Sinha \
        Sisk Sisodia Sisson Sizemore Sjoberg Sjoblom Sjogren Sjöberg Sjöblom Sjögren Skaggs Skelton Skidmore \
        Skinner Slade Slater Slattery Sloan Slocum Slone Smalley Smallwood Smoot Smyth Snead Sneed Snell Snodgrass \
        Snowden Snyder Soares Soderberg Soderstrom Sodhi Sokol Sokolov Solanki Solano Solis Soliz Solomon Solís Som \
        Soman Somers Sommer Sommers Soni Sonkar Sood Sorensen Sorenson Soria Soriano Sorrell Sosa Sotelo Soto Souma \
        Sousa Southerland Souza Sowell Spangler Spann Sparkman Spaulding Spearman Speer Spence Spencer Spicer \
        Spivey Spooner Sprague Springer Sprouse Spruill Spurlock Sridhar Srinivas Srinivasan Srivastava Srivatsa \
        Stacey Stacy Stafford Staggs Stahl Staley Stallings Stallworth Stamper Stanfield Stanton Stapleton Starkey \
        Starks Starnes Starr Stastna Stastny Staten Staton Stclair Stearns Steele Steen Steffen Steinberg Steiner \
        Stephen Stephens Stephenson Stepp Stevens Stevenson Stewart Stiltner Stine Stinnett Stinson Stjohn Stockton \
        Stoddard Stoll Stovall Stover Stowe Stpierre Stratton Strauss Streeter Strickland Strom Stromberg Strother \
        Stroud Ström Strömberg Stuart Stubblefield Stubbs Stuckey Stull Sturgill Sturm Suarez Subramaniam \
        Subramanian Suggs Sule Sullivan Sumner Sumpter Sundaram Sundberg Sundstrom Sundström Suominen Supriyo Sura \
        Surana Suresh Suri Suryavanshi Sutherland Sutter Sutton Suárez Svendsen Svensson Swafford Swaminathan Swamy \
        Swann Swanson Swaraj Swartz Sweeney Swenson Switzer Sykes Sykora Sykorova Sylvester Szabo Szabó Sáenz \
        Sánchez Söderberg Söderström Sørensen Sýkora Sýkorová Taaj Taanish Tabassum Tabor Tackett Tadeen Tafazal \
        Taft Taggart Tagore Tahawwur Taheem Tahir Tahmaseb Taimur Taj Tajammul Tak Takacs Takács Talal Talat \
        Talbert Talbot Talha Talhah Tali Talib Talley Talwar Tamanna Tamayo Tanaka Tandon Taneja Tanwar Tapia Tara \
        Tarver Tata Tate Tatum Tavares Tawkeel Taylor Teague Teel Teixeira Tejada Tejeda Tella Tellez Tello \
        Templeton Tendulkar Tennant Terrell Texier Thacker Thackeray Thaker Thakkar Thakur Thaman Thao Tharp Thayer \
        Thibodeau Thibodeaux Thigpen Thiry Thomas Thomason Thompson Thomsen Thomson Thorne Thornton Thorpe Thorsen \
        Thorton Thurman Thurston Tibbs Tice Tidwell Tierney Tijerina Tillery Tilley Tillman Tilton Timmermans \
        Timmons Tinsley Tipton Tirado Tisdale Titus Tiwari Tobias Tobin Todd Toivonen Tolbert Toler Toliver \
        Tolliver Toman Tomanova Tomanová Tomar Tomlin Tomlinson Tompkins Toney Toor Toro Torrence Torrens Torres \
        Torrez Toth Toussaint Tovar Townsend Tracy Trahan Trammell Tran Trapp Travers Travis Traylor Treadwell \
        Trejo Tremblay Trent Trevino Trimble Trinidad Tripathi Triplett Tripp Trivedi Troutman Truitt Trujillo \
        Truong Tubbs Tudor Tuggle Tuominen Turk Turley Turnbull Turney Turpin Turunen Tuttle Tyagi Tyler Tyree \
        Tyson Téllez Tóth Ubaadah Ubadah Ubaid Ubaidah Ubay Ubayd Ubaydullah Uche Uhban Ullmann Ulrich Umaarah \
        Umair Umar Umrao Unadkat Underwood Unger Upadhyay Upchurch Uppal Upshaw Upton Urbain Urbina Urena Ureña \
        Uribe Urrab Urrutia Vahar Vaidya Vail Vaisanen Vala Valadez Valdes Valdez Valdés Valenta Valente Valentin \
        Valentova Valentová Valentín Valenzuela Valerio Valle Vallejo Valles Valmiki Valverde Vance Vandyke Vang \
        Vanhorn Vann Varela Varga Vargas Varghese Varkey Varma Varner Varney Varty Varughese Vasa Vasquez Vaughan \
        Vaughn Vaught Vaz Vazquez Vega Vela Velasco Velasquez Velazquez Velez Velázquez Venable Venegas \
        Venkataraman Venkatesh Ventura Vera Verdugo Vergara Verma Vermeulen Vernon Vetter Viana Vicente Vick \
        Vickers Vickery Vidal Vieira Viera Vig Villalobos Villanueva Villareal Villarreal Villegas Vincent Vinson \
        Virk Virtanen Vishwakarma Viswanathan Vitale Vogel Vogt Vohra Vora Voss Vrancken Vue Vyas Vázquez Väisänen \
        Vélez Waahid Waajid Wable Wachira Waddell Wadhwa Wadood Wadsworth Wafa Wafeeq Wafula Waggoner Wagle Wagner \
        Wahal Wahhaaj Wahl Wainaina Wairimu Waite Wakefield Walden Waldron Waldrop Wali Walia Walla Wallace Waller \
        Wallin Wallis Walsh Walter Walters Walton Wamalwa Wambua Wambui Wang Wangari Wangui Wanja Wanjala Wanjiku \
        Wanjohi Wanyama Wanyonyi Warfield Warner Washburn Wason Wasson Waterman Watkins Watson Watters Waugh Waweru \
        Wayne Weatherford Weatherly Webb Webber Weber Webster Weems Weiner Weinstein Weiss Weiß Wekesa Weldon \
        Weller Wellman Wendt Wenger Wentworth Wenzel Werner Wertz Wesley Westbrook Wester Westfall Westmoreland \
        Weston Wetzel Whalen Whaley Wharton Whatley Wheatley Wheaton Whelan Whipple Whitaker Whitcomb Whitehead \
        Whitehurst Whiteside Whitfield Whitley Whitlock Whitlow Whitman Whitmore Whitney Whitson Whitt Whittaker \
        Whitten Whittington Whitworth Whyte Wiggins Wilbanks Wilbur Wilburn Wilcox Wilde Wiley Wilhelm Wilkerson \
        Wilkes Wilkins Wilkinson Wilks Willard Willems Willett Willey William Williams Williamson Williford \
        Willingham Willis Willoughby Willson Wilson Winchester Windham Winfield Winkler Winn Winslow Winstead \
        Winston Wirth Wiseman Witherspoon Witt Wofford Wolfe Wolff Wolford Womack Wong Woodall Woodard Woodley \
        Woodruff Woodson Woodward Woodworth Wooten Worden Worley Worrell Worthington Wouters Wray Wyatt Wylie Wyman \
        Wynn Wynne Xiong Yadav Yadid Yaduvanshi Yafir Yaghnam Yahyaa Yaman Yancey Yanez Yang Yar Yarbrough Yasir \
        Yates Yawer Yazzie Ybarra Yeager Yee Yilmaz Yoder Yohannan Yost Youngblood Yount Yussuf Yáñez Zaafir Zaahid \
        Zaahir Zaakir Zacharia Zachariah Zackariya Zafar Zafir Zafrul Zagar Zahaar Zaheer Zahri Zahrun Zahur Zamora \
        Zapata Zaragoza Zarar Zarate Zavala Zayyir Zeigler Zeller Zepeda Zhang Ziegler Zielinski Zimmer Zimmerman \
        Zook Zuniga Zuwayhir Ávila Åberg Åkesson Åström Öberg Šimek Šimková Šťastná Šťastný Žagar
        """

    /// Names that are words or places as well.
    static let ambiguous: StaticString = """
        Agate Alderman Alley Amble Angel Archer Arenas Arias Arroyo Ash Askew Austin Back Bacon Bail Baker Bales \
        Ball Banks Barber Barclay Barker Barman Barney Baron Barrios Barrow Bass Bassi Bates Bath Battle Beach Beam \
        Bean Beard Beaver Beavers Beck Beer Bell Bender Berg Berry Best Billings Bind Binder Birch Bird Bishop \
        Black Bland Blank Bliss Block Bloom Blue Boles Bond Bonds Bone Booth Boston Bourgeois Bower Bowers Bowling \
        Bowman Box Branch Brand Bravo Bray Brewer Bridges Bright Brink Brooks Brothers Brown Browning Buck Bull \
        Bullock Bunch Burden Burger Burns Burr Burrows Busby Bush Butcher Butler Butts Bäck Call Camp Cannon \
        Carpenter Carrier Carrion Carrión Carver Case Cash Castle Chad Chamberlain Chambers Champagne Champion \
        Chance Chandler Char Chase Cheek Cherry Chester Chestnut Chin Chow Christian Church Clay Clement Close \
        Cloud Clément Coats Collier Colon Combs Comer Contractor Cook Coon Cooper Cope Corona Corral Cote Cotter \
        Cotton Couch Cousins Cox Coy Craft Crane Craven Crews Crisp Crook Cross Crouch Crow Curry Dale Darling Dash \
        Date Davenport Day Deal Dean Deep Dent Diamond Dick Dickey Dill Din Divan Doctor Dodge Doe Doughty Dove \
        Dowdy Downing Downs Drake Drew Driver Duff Duke Dukes Dunning Dye Dyer Dykes Earl Early East Eddy Edge \
        Elder Emery England Fair Falcon Fanning Farmer Farrow Ferry Field Fields Finch Fink Fish Fisher Fleck Flint \
        Flood Florence Flowers Ford Foreman Forte Fortune Foster Fountain Fox France Frank Franks Free Freeman \
        French Friend Frost Fry Fuller Funk Gage Gal Gala Gale Gallant Gamble Garland Garner Garrison Gates Gay Gee \
        Gentile Gentry Gibbons Gill Givens Glass Gold Golden Goldman Goldsmith Good Gore Grace Grant Graves Gray \
        Green Grey Griffin Grimes Gross Grove Groves Guru Guy Gál Hacker Hale Hall Ham Hammer Hand Handy Hanks \
        Harden Harder Hardy Hare Haring Harms Harp Hart Hatch Havens Hawk Hawks Hay Hays Head Heard Heath Heck Held \
        Helm Helms Herring Hickey Hicks High Hill Hills Hinds Hogan Holder Holland Hood Hook Hooker Hooks Hope \
        Hopper Horn House Houston Huff Hull Hunt Hunter Hurt Israel Ivory Ivy Johns Joiner Jolly Jordan Joy Judge \
        Justice Kale Keen Kent Key Keys Khan Kinder King Kiss Kitchen Knight Knoll Lackey Lacy Lad Lake Lam Lamb \
        Lancaster Lance Land Lane Law Lawless Laws Lay Leach Lee Lemon Lemons Levy Light Lima Lincoln Link Lira \
        Little Lively Llamas Lloyd London Long Looney Lopes Lord Love Loyal Luster Lynch Lyon Mace Mad Madden \
        Madrid Madrigal Main Major Majors Mall Man Mane Manning Maples March Mares Mark Marks Marsh Martens Martins \
        Mason Master Masters May Mayo Mead Meadows Means Medina Medley Meek Merchant Merino Mesa Miles Miller Mills \
        Miner Minor Mock Moll Monk Moody Moon More Morgan Morrow Moss Motley Muse Nag Nail Nettles Newton Nix Noble \
        Nobles Noel North Noël Numbers Oak Ogle Orlando Outlaw Pace Pack Pagan Page Paige Painter Pal Pall Palm \
        Palomino Pant Parent Paris Parish Park Parks Parry Parson Parsons Partridge Pastor Pate Peacock Peak Pease \
        Peck Pence Peoples Pepper Person Peters Petty Pierce Pike Pinto Piper Ponder Pool Pope Porter Post Potter \
        Power Powers Price Priest Prince Proctor Queen Quick Raid Rains Raja Ram Ransom Rattan Ravel Ray Read \
        Rector Reed Reedy Reeves Reis Rice Rich Ricks Riddle Rider Ring Rivers Roach Robin Robins Rock Rode Roe \
        Rogers Roman Root Rose Rouse Rout Royal Ruff Rush Rushing Rust Sager Said Sales Salmon Salter Sample Sandal \
        Sander Sanders Sands Sane Santiago Savage Savant Sawyer Scales Seal Seals Seaman Sears Self Sellers Sever \
        Sevilla Sexton Shah Shanks Sharp Shaver Shearer Sheets Shell Shepherd Shields Shoemaker Shook Short Shorter \
        Sierra Silver Sims Singer Singleton Slaughter Sledge Small Smalls Smart Smiley Smith Snider Snow South \
        Sowers Spain Sparks Spear Spears Squires Stack Stanford Stanley Staples Stark Steed Stein Sterling Stern \
        Steward Stiles Still Stock Stokes Stone Stoner Storey Story Stout Strand Strange Street Stringer Strong \
        Stump Summers Sunder Swain Swan Sweet Swift Tailor Tan Tang Tank Tanner Temple Terry Thatcher Thorn \
        Thrasher Toledo Trotter Trout Tucker Turner Urban Valencia Valentine Vats Vest Victor Vigil Villa Vines \
        Wade Wadi Wagoner Walker Wall Walls Ward Warden Ware Warren Warrior Washington Waters Watt Watts Way \
        Weathers Weaver Weeks Weir Welch Wells Welsh West Wheat Wheeler White Whiting Wicker Wild Wilder Wiles \
        Wills Wing Winter Winters Wise Withers Wolf Wood Woods Woody Workman Wren Wright Yogi York Young Younger
        """
}
